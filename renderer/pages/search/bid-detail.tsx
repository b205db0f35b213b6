import { Anchor, Group, Stack, Text } from '@mantine/core';
import { pathTo } from '../../app/route.ts';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { useShareText } from '../../components/share-text.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { listedMax } from '../neighbors/neighbor-views.ts';
import { Buy, Expiry, Risked } from './bid-parts.tsx';
import type { BidView, DocumentBids } from './bids-by-document.ts';

/** All bids on a document: who made them, how deals with them went, and what each one costs. */
export function BidDetail({ row }: { readonly row: DocumentBids }) {
  const t = useTexts();
  return (
    <Stack gap={2}>
      <div className="search-bids">
        {row.bids.map((bid) => (
          <OneBid key={bid.id} bid={bid} />
        ))}
      </div>
      <Prepayment bid={row.best} />
      <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {row.documentId} · {row.best.mediaType}
      </Text>
      {row.bids.some(({ sealed }) => sealed) && (
        <Text size="xs" c="dimmed">
          {t('search.sealed.hint')}
        </Text>
      )}
      {row.bids.length > 1 && (
        <Text size="xs" c="dimmed">
          {t('search.bids.hint')}
        </Text>
      )}
    </Stack>
  );
}

function OneBid({ bid }: { readonly bid: BidView }) {
  const t = useTexts();
  const shareText = useShareText();
  const face = useCurrency(bid.currency);
  const trusted = bid.list === 'primary';
  return (
    <div className="search-bid">
      <Anchor inherit truncate href={pathTo('neighbors', bid.bidder)}>
        <PeerName peer={bid.bidder} />
      </Anchor>
      <Text span inherit c="dimmed" truncate>
        {bid.list ? t(`neighbors.list.${bid.list}`) : ''}
      </Text>
      <Text span inherit c="dimmed" truncate>
        {shareText(bid.share)}
      </Text>
      <Text span inherit ta="end">
        <Expiry at={bid.expiresAt} />
      </Text>
      <Text span inherit ta="end">
        <Amount inherit currency={bid.currency} value={bid.price} fw={560} />
        <Risked bid={bid} face={face} />
      </Text>
      <Text span inherit ta="end">
        <Group gap={4} justify="flex-end" wrap="nowrap">
          {bid.sealed && <Buy bid={bid} one sealed />}
          <Buy bid={bid} one {...(bid.sealed && trusted && { sealed: false })} />
        </Group>
      </Text>
    </div>
  );
}

/** Where the price does not fit on the tab at the seller, a part is paid at once. */
function Prepayment({ bid: { bidder, currency, price } }: { readonly bid: BidView }) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const neighbor = useAnswer('neighbors.list', { limit: listedMax }).data?.neighbors.find(
    ({ peer }) => peer === bidder,
  );
  const terms = neighbor?.terms?.currencies.find((each) => each.currency === currency);
  if (!neighbor || !terms) return null;
  const owed = neighbor.tabs.find((tab) => tab.currency === currency)?.netOwed ?? 0;
  const over = owed + price - terms.creditLimit;
  const text = (value: number) => `${amountText(value, decimals)} ${symbol}`;
  return (
    <Text size="xs">
      {over > 0
        ? t('search.prepay', { amount: text(over), limit: text(terms.creditLimit) })
        : t('search.on-tab', { limit: text(terms.creditLimit) })}
    </Text>
  );
}
