import './search.css';
import { Button, Group, Loader, SegmentedControl, Text } from '@mantine/core';
import { IconBell, IconRefresh, IconZoomQuestion } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { useFaces } from '../../components/amount.tsx';
import { Empty } from '../../components/empty.tsx';
import { kindOf } from '../../components/media-kinds.ts';
import { useTexts } from '../../i18n/index.ts';
import { isUnknown } from '../../stores/is-unknown.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useNow } from '../../stores/use-now.ts';
import { type BidFilter, type Comparison, fitsFilter } from './bids-by-document.ts';
import { BidsTable } from './bids-table.tsx';
import { FilterChips } from './filter-chips.tsx';
import { Refusals } from './refusals.tsx';
import { SaveSearch } from './save-search.tsx';
import { useBids } from './use-bids.ts';
import { whyNothing } from './why-nothing.ts';
import type { SearchView } from './wish.ts';

interface ResultsProps {
  readonly search: string;
  /** A search is being started. */
  readonly busy: boolean;
  readonly onAskAgain: () => void;
  readonly onOfferToo: (currency: CurrencyId) => void;
  readonly onAskIn: (currency: CurrencyId, maxPrice: number) => void;
}

/** A search with its bids as they come, and with why some had none. */
export function Results({ search, busy, onAskAgain, onOfferToo, onAskIn }: ResultsProps) {
  const t = useTexts();
  const faceOf = useFaces();
  const now = useNow(5_000);
  const { data: known, problem } = useAnswer('search.get', { search });
  const bids = useBids(search);
  const [filter, setFilter] = useState<BidFilter>({});
  const [saving, setSaving] = useState(false);
  const preferred = useAnswer('settings.get', {}).data?.market.compareBids ?? 'price';
  const [chosen, setChosen] = useState<Comparison>();
  const compare = chosen ?? preferred;
  const shown = useMemo(
    () => (bids ?? []).filter((bid) => fitsFilter(bid, filter)),
    [bids, filter],
  );
  if (!known) return isUnknown(problem) && <Nothing why="unknown" />;
  const isRunning = known.state === 'running';
  const isOver = !isRunning && bids !== undefined && !bids.some(({ expiresAt }) => expiresAt > now);
  const expired = known.bids > 0 && isOver;
  return (
    <>
      <Group gap="xs" mih={30} flex="none" justify="flex-end">
        <Progress search={known} expired={expired} />
        <CompareBy compare={compare} onChange={setChosen} />
        <FilterChips
          label={t('search.filter.kind')}
          choices={kindsIn(bids ?? [])}
          chosen={filter.kind}
          textOf={(kind) => t(`kind.${kind}`)}
          onChoose={(kind) => setFilter({ ...filter, kind })}
        />
        <FilterChips
          label={t('search.currency')}
          choices={currenciesIn(bids ?? [])}
          chosen={filter.currency}
          textOf={(currency) => faceOf(currency).symbol}
          onChoose={(currency) => setFilter({ ...filter, currency })}
        />
        <Group gap="xs" wrap="nowrap">
          {!isRunning && <AskAgain urgent={expired} busy={busy} onClick={onAskAgain} />}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconBell size={15} />}
            onClick={() => setSaving(true)}
          >
            {t('search.save')}
          </Button>
        </Group>
      </Group>
      <BidsTable
        bids={shown}
        search={known}
        compare={compare}
        empty={!isRunning && bids && <Nothing why={whyNothing(known)} />}
      />
      <Refusals
        refusals={known.refusals}
        offers={known.offers}
        onOfferToo={onOfferToo}
        onAskIn={onAskIn}
      />
      <SaveSearch search={known} opened={saving} onClose={() => setSaving(false)} />
    </>
  );
}

interface ProgressProps {
  readonly search: SearchView;
  /** There were bids, and none of them can be accepted any more. */
  readonly expired: boolean;
}

function Progress({ search: { state, bids }, expired }: ProgressProps) {
  const t = useTexts();
  const isRunning = state === 'running';
  return (
    <Group gap="xs" aria-live="polite" flex={1} miw="12rem">
      {isRunning && <Loader size={14} />}
      <Text size="sm" c="dimmed">
        {isRunning && `${t('search.running')} `}
        {t(bids === 1 ? 'search.bids.one' : 'search.ended', { count: bids })}
        {expired && ` · ${t('search.all-expired')}`}
      </Text>
    </Group>
  );
}

interface AskAgainProps {
  readonly urgent: boolean;
  readonly busy: boolean;
  readonly onClick: () => void;
}

function AskAgain({ urgent, busy, onClick }: AskAgainProps) {
  const t = useTexts();
  return (
    <Button
      size="xs"
      variant={urgent ? 'filled' : 'default'}
      leftSection={<IconRefresh size={15} />}
      loading={busy}
      onClick={onClick}
    >
      {t('search.again')}
    </Button>
  );
}

/** Bids that expired a day ago are forgotten; the search still tells that there were some. */
function Nothing({ why }: { readonly why: 'gone' | 'refused' | 'nothing' | 'unknown' }) {
  const t = useTexts();
  return (
    <Empty
      icon={IconZoomQuestion}
      title={t(`search.${why}.title`)}
      text={t(`search.${why}.text`)}
    />
  );
}

function kindsIn(bids: readonly { readonly mediaType: string }[]) {
  return [...new Set(bids.map(({ mediaType }) => kindOf(mediaType)))].toSorted();
}

interface CompareByProps {
  readonly compare: Comparison;
  readonly onChange: (compare: Comparison) => void;
}

/** What decides which bid is the best one, and what *Buy* takes. */
function CompareBy({ compare, onChange }: CompareByProps) {
  const t = useTexts();
  return (
    <SegmentedControl
      aria-label={t('search.compare')}
      size="xs"
      value={compare}
      onChange={(value) => onChange(value === 'price' ? 'price' : 'risk-adjusted')}
      data={[
        { value: 'price', label: t('search.compare.price') },
        { value: 'risk-adjusted', label: t('search.compare.risk-adjusted') },
      ]}
    />
  );
}

function currenciesIn(bids: readonly { readonly currency: string }[]) {
  return [...new Set(bids.map(({ currency }) => currency))];
}
