import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { type SearchView, textOf } from './wish.ts';

/** Searches made before; each opens with its results. */
export function SearchHistory({ searches }: { readonly searches: readonly SearchView[] }) {
  const t = useTexts();
  return (
    <section aria-label={t('search.history')}>
      <Title order={2} size="h5" mb="xs">
        {t('search.history')}
      </Title>
      <Paper withBorder>
        {searches.map(({ id, at, query, bids, offers }) => (
          <Group key={id} px="md" py={7} gap="md" wrap="nowrap" className="search-line">
            <Anchor
              flex={1}
              miw={0}
              truncate
              size="sm"
              fw={520}
              dir="auto"
              href={pathTo('search', id)}
              title={textOf(query)}
            >
              {textOf(query)}
            </Anchor>
            <Text size="xs" c="dimmed" className="souk-number" visibleFrom="xs">
              {offers.map(({ currency, maxPrice }) => (
                <Amount key={currency} currency={currency} value={maxPrice} size="xs" ms="sm" />
              ))}
            </Text>
            <Text size="xs" w="5rem" ta="end" className="souk-number">
              {t(bids === 1 ? 'search.bids.one' : 'search.ended', { count: bids })}
            </Text>
            <Text size="xs" c="dimmed" w="10rem" ta="end" className="souk-number">
              {timeText(at)}
            </Text>
          </Group>
        ))}
      </Paper>
    </section>
  );
}
