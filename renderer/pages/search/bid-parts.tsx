import { Button, Text } from '@mantine/core';
import { go } from '../../app/route.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { useNow } from '../../stores/use-now.ts';
import type { BidView } from './bids-by-document.ts';

/** How long a bid holds: minutes and seconds, in figures that keep their place. */
export function Expiry({ at }: { readonly at: number }) {
  const t = useTexts();
  const left = Math.max(0, Math.ceil((at - useNow()) / 1_000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return (
    <Text span inherit c="dimmed" className="souk-number">
      {left > 0 ? clock : t('search.expired')}
    </Text>
  );
}

/** The price by the bidder's share of deals that end well: what a delivered document costs in the long run. */
export function Risked({ bid }: { readonly bid: BidView }) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(bid.currency);
  const amount = `${amountText(bid.riskAdjusted, decimals)} ${symbol}`;
  return (
    <Text span inherit c="dimmed" className="souk-number" title={t('search.risked', { amount })}>
      {' '}
      ≈ {amountText(bid.riskAdjusted, decimals)}
    </Text>
  );
}

interface BuyProps {
  readonly bid: BidView;
  /** One of several bids on a document: it is bought also where another one was. */
  readonly one?: boolean;
  /** Against the key, or not; as the settings say where it is not said. */
  readonly sealed?: boolean;
}

/** Buys with one click; where the document was bought already it leads to the deal. */
export function Buy({ bid, one = false, sealed }: BuyProps) {
  const t = useTexts();
  const now = useNow(5_000);
  const { run, busy } = useCommand('deals.buy');
  const deals = useAnswer('deals.list', { roles: ['bought'], limit: 200 }).data?.deals ?? [];
  const bought = deals.find(
    ({ documentId, state }) =>
      documentId === bid.documentId && state !== 'failed' && state !== 'expired',
  );
  const label = t(sealed ? 'search.buy-sealed' : 'search.buy');
  const buy = async () => {
    const answer = await run({ bid: bid.id, ...(sealed !== undefined && { sealed }) });
    if (answer.ok) tellDone(t('search.bought.title'), t('search.bought.text'));
  };
  if (bought && !one) {
    return (
      <Button
        size="compact-sm"
        variant="light"
        aria-label={`${t('search.to-deal')}: ${bid.title}`}
        onClick={() => go('deals', bought.deal)}
      >
        {t(bought.state === 'delivered' ? 'search.state.here' : 'search.state.coming')}
      </Button>
    );
  }
  return (
    <Button
      size="compact-sm"
      variant={one ? 'default' : 'filled'}
      loading={busy}
      onClick={buy}
      disabled={bid.expiresAt <= now}
      aria-label={`${label}: ${bid.title}`}
    >
      {label}
    </Button>
  );
}
