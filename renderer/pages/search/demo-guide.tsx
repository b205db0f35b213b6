import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { pathTo } from '../../app/route.ts';
import { useTexts } from '../../i18n/index.ts';

/** Words that the documents of the simulated neighbors hold; they are in English. */
const words = ['honey', 'tide', 'knots', 'paper boat'] as const;

interface DemoGuideProps {
  readonly currency: CurrencyId;
  readonly onSearch: (text: string) => void;
}

/** What to do first amid simulated neighbors, and where to see what the money does. */
export function DemoGuide({ currency, onSearch }: DemoGuideProps) {
  const t = useTexts();
  return (
    <Paper withBorder p="lg" mb="md" component="section" aria-label={t('demo.guide.title')}>
      <Title order={2} size="h5">
        {t('demo.guide.title')}
      </Title>
      <Text size="sm" c="dimmed" mt={4} maw="44rem">
        {t('demo.guide.text')}
      </Text>
      <Group gap="xs" mt="md">
        <Text size="sm" fw={520}>
          {t('demo.guide.look-for')}
        </Text>
        {words.map((word) => (
          <Button key={word} size="compact-sm" variant="light" onClick={() => onSearch(word)}>
            {word}
          </Button>
        ))}
      </Group>
      <Group gap="lg" mt="md">
        <Anchor size="sm" href={pathTo('earnings')}>
          {t('demo.guide.earnings')}
        </Anchor>
        <Anchor size="sm" href={pathTo('wallet', 'tabs')}>
          {t('demo.guide.tabs')}
        </Anchor>
        <Anchor size="sm" href={pathTo('wallet', currency)}>
          {t('demo.guide.statement')}
        </Anchor>
      </Group>
    </Paper>
  );
}
