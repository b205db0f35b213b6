import { Button } from '@mantine/core';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { go } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { SavedSearches } from './saved-searches.tsx';
import { SearchHistory } from './search-history.tsx';

const historyMax = 30;

/** Before a search: the saved ones, those made before, or what to do first. */
export function SearchHome() {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', {}).data?.neighbors;
  const recent = useAnswer('search.recent', { limit: historyMax }).data?.searches;
  const saved = useAnswer('search.saved', {}).data?.searches;
  if (neighbors?.length === 0) {
    return (
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
    );
  }
  if (recent?.length === 0 && saved?.length === 0) {
    return (
      <Empty icon={IconSearch} title={t('search.start.title')} text={t('search.start.text')} />
    );
  }
  return (
    <div className="souk-scroll">
      {saved && saved.length > 0 && <SavedSearches saved={saved} />}
      {recent && recent.length > 0 && <SearchHistory searches={recent} />}
    </div>
  );
}
