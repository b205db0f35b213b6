import { Anchor, Badge, Button, Group, Paper, SimpleGrid, Skeleton, Text } from '@mantine/core';
import { IconWallet } from '@tabler/icons-react';
import { go, pathTo } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { Figures, MainFigure } from './currency-figures.tsx';
import { CurrencyState, type CurrencyView } from './currency-state.tsx';
import { Discrepancies } from './discrepancies.tsx';

/** Every currency that one issues or has, each as a card that leads to its statement. */
export function CurrenciesPanel({ onAccept }: { readonly onAccept: () => void }) {
  const t = useTexts();
  const currencies = useAnswer('wallet.list', {}).data?.currencies;
  if (currencies?.length === 0) {
    return (
      <Empty
        icon={IconWallet}
        title={t('wallet.empty.title')}
        text={t('wallet.empty.text')}
        action={
          <Group mt="sm">
            <Button onClick={() => go('wallet', 'mine')}>{t('wallet.empty.create')}</Button>
            <Button variant="default" onClick={onAccept}>
              {t('wallet.accept')}
            </Button>
          </Group>
        }
      />
    );
  }
  return (
    <div className="souk-scroll">
      <Discrepancies />
      <SimpleGrid cols={{ base: 1, lg: 2, xl: 3 }} spacing="md">
        {currencies?.map((view) => <CurrencyCard key={view.currency} view={view} />) ??
          [1, 2].map((n) => <Skeleton key={n} h={168} radius="lg" />)}
      </SimpleGrid>
    </div>
  );
}

function CurrencyCard({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { currency, own, name } = view;
  return (
    <Paper withBorder p="md" className="souk-card">
      <Group justify="space-between" wrap="nowrap" mb="sm">
        <Anchor
          href={pathTo('wallet', currency)}
          className="souk-card-link"
          c="inherit"
          fw={560}
          truncate
          dir="auto"
          title={`${name ?? ''} ${currency}`}
        >
          {name ?? t('wallet.unnamed')}
        </Anchor>
        {own ? <Badge variant="light">{t('wallet.own')}</Badge> : <CurrencyState view={view} />}
      </Group>
      <MainFigure view={view} />
      <div style={{ marginTop: 14 }}>
        <Figures view={view} />
      </div>
      {view.discrepancy && (
        <Text size="xs" c="red" mt="xs">
          {t('wallet.differs.title')}
        </Text>
      )}
    </Paper>
  );
}
