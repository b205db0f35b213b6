import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { CellAmount, type CurrencyFace, useFaces } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { formatName } from '../../components/media-kinds.ts';
import { CellName, useNameOf } from '../../components/peer-name.tsx';
import { percentText } from '../../components/share-text.ts';
import { sizeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { BidDetail } from './bid-detail.tsx';
import { Buy, Expiry, Risked, ToDeal, useBought } from './bid-parts.tsx';
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

const lookAgainMs = 5_000;

// Always the same functions: rows that did not change are not drawn anew.
const keyOfDocument = ({ documentId }: DocumentBids) => documentId;
const detailOf = (row: DocumentBids) => <BidDetail row={row} />;

/** Bids grouped by document: the best price buys; unfolded, any other bid can be chosen. */
export function BidsTable({ bids, search, compare, empty }: BidsTableProps) {
  const t = useTexts();
  const nameOf = useNameOf();
  const faceOf = useFaces();
  const bought = useBought();
  const at = useLastEnd(bids);
  const { offers } = search;
  const rows = useMemo(() => {
    const currencies = offers.map(({ currency }) => currency);
    return bidsByDocument(bids, currencies, at, compare);
  }, [bids, offers, at, compare]);
  const columns = useMemo(
    () => columnsOf({ t, compare, nameOf, faceOf, bought }),
    [t, compare, nameOf, faceOf, bought],
  );
  return (
    <DataTable
      label={t('search.title')}
      columns={columns}
      rows={rows}
      rowKey={keyOfDocument}
      detail={detailOf}
      empty={empty}
    />
  );
}

/** A time after which no bid has ended, or hardly: what hangs on it need not be made anew all the time. */
function useLastEnd(bids: readonly BidView[]): number {
  const [at, setAt] = useState(() => Date.now());
  useEffect(() => {
    const look = () => {
      const now = Date.now();
      setAt((last) =>
        bids.some(({ expiresAt }) => last < expiresAt && expiresAt <= now) ? now : last,
      );
    };
    look();
    const timer = window.setInterval(look, lookAgainMs);
    return () => window.clearInterval(timer);
  }, [bids]);
  return at;
}

interface Words {
  readonly t: ReturnType<typeof useTexts>;
  readonly compare: Comparison;
  readonly nameOf: (peer: string) => string;
  readonly faceOf: (currency: string) => CurrencyFace;
  readonly bought: ReturnType<typeof useBought>;
}

function columnsOf(words: Words): readonly Column<DocumentBids>[] {
  const { t, bought } = words;
  return [
    {
      key: 'title',
      label: t('search.column.title'),
      width: 'minmax(9rem, 1fr)',
      sortBy: ({ best }) => best.title,
      cell: ({ best }) => (
        <span className="souk-cell-title" dir="auto" title={best.title}>
          {best.title}
        </span>
      ),
    },
    {
      key: 'kind',
      label: t('search.column.kind'),
      width: '6rem',
      wide: true,
      sortBy: ({ best }) => best.mediaType,
      cell: ({ best }) => (
        <span className="souk-kind" title={best.mediaType}>
          {formatName(best.mediaType)}
        </span>
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
    bidders(words),
    {
      key: 'expires',
      label: t('search.column.expires'),
      width: '5rem',
      end: true,
      wide: true,
      sortBy: ({ best }) => best.expiresAt,
      cell: ({ best }) => <Expiry at={best.expiresAt} />,
    },
    price(words),
    {
      key: 'buy',
      label: '',
      width: '6.5rem',
      end: true,
      cell: ({ documentId, best }) => {
        const deal = bought.get(documentId);
        return deal ? <ToDeal title={best.title} deal={deal} /> : <Buy bid={best} />;
      },
    },
  ];
}

function bidders({ t, nameOf }: Words): Column<DocumentBids> {
  return {
    key: 'bidders',
    label: t('search.column.bidders'),
    width: '8rem',
    sortBy: ({ bids }) => bids.length,
    cell: ({ best: { bidder, share }, bids: all }) => (
      <>
        <CellName peer={bidder} name={nameOf(bidder)} />
        {share.of > 0 && (
          <span className="souk-dimmed" title={t('search.share.hint')}>
            {` ${percentText(share.good, share.of)}`}
          </span>
        )}
        {all.length > 1 && (
          <span className="souk-dimmed">
            {` ${t('search.more-bids', { count: all.length - 1 })}`}
          </span>
        )}
      </>
    ),
  };
}

function price({ t, compare, faceOf }: Words): Column<DocumentBids> {
  const byRisk = compare === 'risk-adjusted';
  return {
    key: 'price',
    label: t('search.column.price'),
    width: byRisk ? '9rem' : '6.5rem',
    end: true,
    sortBy: ({ best }) => (byRisk ? best.riskAdjusted : best.price),
    cell: ({ best }) => {
      const face = faceOf(best.currency);
      return (
        <>
          <CellAmount face={face} value={best.price} className="souk-price-now" />
          {byRisk && <Risked bid={best} face={face} />}
        </>
      );
    },
  };
}
