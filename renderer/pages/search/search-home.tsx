import { Button } from '@mantine/core';
import { IconBuildingStore, IconSearch, IconUserPlus } from '@tabler/icons-react';
import { go } from '../../app/route.ts';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { DemoGuide } from './demo-guide.tsx';
import { SavedSearches } from './saved-searches.tsx';
import { SearchHistory } from './search-history.tsx';
import type { SearchWish } from './wish.ts';

const historyMax = 30;
/** More than any simulated neighbor asks. */
const playMax = 20;

interface SearchHomeProps {
  readonly onSearch: (wish: SearchWish) => void;
}

/** Before a search: the saved ones, those made before, or what to do first. */
export function SearchHome({ onSearch }: SearchHomeProps) {
  const t = useTexts();
  const demo = useAnswer('demo.status', {}).data;
  const neighbors = useAnswer('neighbors.list', {}).data?.neighbors;
  const recent = useAnswer('search.recent', { limit: historyMax }).data?.searches;
  const saved = useAnswer('search.saved', {}).data?.searches;
  if (demo?.state === 'starting') {
    return (
      <Empty
        icon={IconBuildingStore}
        title={t('demo.arriving.title')}
        text={t('demo.arriving.text')}
      />
    );
  }
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
  const play = demo?.state === 'running' ? demo.currency : undefined;
  if (recent?.length === 0 && saved?.length === 0 && play === undefined) {
    return (
      <Empty icon={IconSearch} title={t('search.start.title')} text={t('search.start.text')} />
    );
  }
  return (
    <div className="souk-scroll">
      {play !== undefined && (
        <DemoGuide
          currency={play}
          onSearch={(text) => onSearch({ text, offers: [{ currency: play, maxPrice: playMax }] })}
        />
      )}
      {saved && saved.length > 0 && <SavedSearches saved={saved} />}
      {recent && recent.length > 0 && <SearchHistory searches={recent} />}
    </div>
  );
}
