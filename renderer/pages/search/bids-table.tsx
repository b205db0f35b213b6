import { Badge, Button, Text } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { Amount } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { sizeText, spanText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { type BidView, bidsByDocument, type DocumentBids } from './bids-by-document.ts';

interface BidsTableProps {
  readonly bids: readonly BidView[];
  readonly empty: ReactNode;
}

/** Bids grouped by document: the best price buys. */
export function BidsTable({ bids, empty }: BidsTableProps) {
  const t = useTexts();
  const rows = useMemo(() => bidsByDocument(bids), [bids]);
  const columns: readonly Column<DocumentBids>[] = [
    {
      key: 'title',
      label: t('search.column.title'),
      width: 'minmax(14rem, 1fr)',
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
      width: '8rem',
      cell: ({ best }) => (
        <Badge variant="default" fw={500} tt="none" maw="100%">
          {best.mediaType}
        </Badge>
      ),
    },
    {
      key: 'size',
      label: t('search.column.size'),
      width: '5.5rem',
      end: true,
      sortBy: ({ best }) => best.sizeBytes,
      cell: ({ best }) => <span className="souk-number">{sizeText(best.sizeBytes)}</span>,
    },
    {
      key: 'bidders',
      label: t('search.column.bidders'),
      width: '9rem',
      cell: ({ best, bids: all }) => (
        <>
          <PeerName peer={best.bidder} />
          {all.length > 1 && ` +${all.length - 1}`}
        </>
      ),
    },
    {
      key: 'expires',
      label: t('search.column.expires'),
      width: '6rem',
      end: true,
      cell: ({ best }) => <Expiry at={best.expiresAt} />,
    },
    {
      key: 'price',
      label: t('search.column.price'),
      width: '7rem',
      end: true,
      sortBy: ({ best }) => best.price,
      cell: ({ best }) => <Amount currency={best.currency} value={best.price} fw={600} />,
    },
    { key: 'buy', label: '', width: '5.5rem', end: true, cell: ({ best }) => <Buy bid={best} /> },
  ];
  return (
    <DataTable
      label={t('search.title')}
      columns={columns}
      rows={rows}
      rowKey={({ documentId }) => documentId}
      empty={empty}
    />
  );
}

function Expiry({ at }: { readonly at: number }) {
  const t = useTexts();
  const left = at - Date.now();
  return (
    <Text span inherit c="dimmed" className="souk-number">
      {left > 0 ? spanText(left) : t('search.expired')}
    </Text>
  );
}

function Buy({ bid }: { readonly bid: BidView }) {
  const t = useTexts();
  const { run, busy } = useCommand('deals.buy');
  const buy = async () => {
    const bought = await run({ bid: bid.id });
    if (bought.ok) tellDone(t('search.bought.title'), t('search.bought.text'));
  };
  return (
    <Button
      size="compact-sm"
      loading={busy}
      onClick={buy}
      disabled={bid.expiresAt < Date.now()}
      aria-label={`${t('search.buy')}: ${bid.title}`}
    >
      {t('search.buy')}
    </Button>
  );
}
