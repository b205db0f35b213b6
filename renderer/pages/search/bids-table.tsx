import { Badge, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Amount } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { formatName } from '../../components/media-kinds.ts';
import { PeerName } from '../../components/peer-name.tsx';
import { percentText } from '../../components/share-text.ts';
import { sizeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useNow } from '../../stores/use-now.ts';
import { BidDetail } from './bid-detail.tsx';
import { Buy, Expiry, Risked } from './bid-parts.tsx';
import {
  type BidView,
  bidsByDocument,
  type Comparison,
  type DocumentBids,
} from './bids-by-document.ts';
import type { SearchView } from './wish.ts';

interface BidsTableProps {
  readonly bids: readonly BidView[];
  readonly search: SearchView;
  readonly compare: Comparison;
  readonly empty: ReactNode;
}

/** Bids grouped by document: the best price buys; unfolded, any other bid can be chosen. */
export function BidsTable({ bids, search, compare, empty }: BidsTableProps) {
  const t = useTexts();
  const now = useNow(5_000);
  const rows = useMemo(
    () =>
      bidsByDocument(
        bids,
        search.offers.map(({ currency }) => currency),
        now,
        compare,
      ),
    [bids, search.offers, now, compare],
  );
  return (
    <DataTable
      label={t('search.title')}
      columns={columnsOf(t, compare)}
      rows={rows}
      rowKey={({ documentId }) => documentId}
      detail={(row) => <BidDetail row={row} />}
      empty={empty}
    />
  );
}

function columnsOf(
  t: ReturnType<typeof useTexts>,
  compare: Comparison,
): readonly Column<DocumentBids>[] {
  const byRisk = compare === 'risk-adjusted';
  return [
    {
      key: 'title',
      label: t('search.column.title'),
      width: 'minmax(9rem, 1fr)',
      sortBy: ({ best }) => best.title,
      cell: ({ best }) => (
        <Text span inherit fw={520} dir="auto" title={best.title}>
          {best.title}
        </Text>
      ),
    },
    {
      key: 'kind',
      label: t('search.column.kind'),
      width: '6rem',
      wide: true,
      sortBy: ({ best }) => best.mediaType,
      cell: ({ best }) => (
        <Badge variant="default" fw={500} tt="none" maw="100%" title={best.mediaType}>
          {formatName(best.mediaType)}
        </Badge>
      ),
    },
    {
      key: 'size',
      label: t('search.column.size'),
      width: '5rem',
      end: true,
      sortBy: ({ best }) => best.sizeBytes,
      cell: ({ best }) => <span className="souk-number">{sizeText(best.sizeBytes)}</span>,
    },
    {
      key: 'bidders',
      label: t('search.column.bidders'),
      width: '8rem',
      sortBy: ({ bids }) => bids.length,
      cell: ({ best, bids: all }) => (
        <>
          <PeerName peer={best.bidder} />
          {best.share.of > 0 && (
            <Text span inherit c="dimmed" title={t('search.share.hint')}>
              {` ${percentText(best.share.good, best.share.of)}`}
            </Text>
          )}
          {all.length > 1 && (
            <Text span inherit c="dimmed">
              {` ${t('search.more-bids', { count: all.length - 1 })}`}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'expires',
      label: t('search.column.expires'),
      width: '5rem',
      end: true,
      wide: true,
      sortBy: ({ best }) => best.expiresAt,
      cell: ({ best }) => <Expiry at={best.expiresAt} />,
    },
    {
      key: 'price',
      label: t('search.column.price'),
      width: byRisk ? '9rem' : '6.5rem',
      end: true,
      sortBy: ({ best }) => (byRisk ? best.riskAdjusted : best.price),
      cell: ({ best }) => (
        <>
          <Amount inherit currency={best.currency} value={best.price} fw={600} />
          {byRisk && <Risked bid={best} />}
        </>
      ),
    },
    { key: 'buy', label: '', width: '6.5rem', end: true, cell: ({ best }) => <Buy bid={best} /> },
  ];
}
