import { Button, Group, Loader, Text } from '@mantine/core';
import { IconSearch, IconUserPlus, IconZoomQuestion } from '@tabler/icons-react';
import { go, useRoute } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { BidsTable } from './bids-table.tsx';
import { SearchForm, type SearchWish } from './search-form.tsx';

const documentIdPattern = /^b3-[a-z2-7]{52}$/;

/** One field, and the bids as they come. The search shown stands in the URL. */
export function SearchPage() {
  const t = useTexts();
  const { part: shown } = useRoute();
  const start = useCommand('search.start');
  const neighbors = useAnswer('neighbors.list', {}).data?.neighbors;
  const search = async ({ text, currency, maxPrice }: SearchWish) => {
    const query = documentIdPattern.test(text) ? { documentId: text } : { text };
    const started = await start.run({ query, offers: [{ currency, maxPrice }] });
    if (started.ok) go('search', started.value.id);
  };
  return (
    <Page title={t('search.title')} fill>
      <SearchForm busy={start.busy} onSearch={search} />
      {shown ? (
        <Results search={shown} />
      ) : neighbors?.length === 0 ? (
        <Empty
          icon={IconUserPlus}
          title={t('search.no-neighbors.title')}
          text={t('search.no-neighbors.text')}
          action={
            <Button mt="sm" onClick={() => go('neighbors')}>
              {t('search.no-neighbors.action')}
            </Button>
          }
        />
      ) : (
        <Empty icon={IconSearch} title={t('search.start.title')} text={t('search.start.text')} />
      )}
    </Page>
  );
}

function Results({ search }: { readonly search: string }) {
  const t = useTexts();
  const known = useAnswer('search.get', { search }).data;
  const bids = useAnswer('search.bids', { search, limit: 1000 }).data?.bids ?? [];
  const running = known?.state === 'running';
  return (
    <>
      <Group gap="xs" h={22} aria-live="polite">
        {running && <Loader size={14} />}
        <Text size="sm" c="dimmed">
          {running ? t('search.running') : known && t('search.ended', { count: bids.length })}
        </Text>
      </Group>
      <BidsTable
        bids={bids}
        empty={
          known &&
          !running && (
            <Empty
              icon={IconZoomQuestion}
              title={t('search.nothing.title')}
              text={t('search.nothing.text')}
            />
          )
        }
      />
    </>
  );
}
