import { useMemo } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { go } from '../../app/route.ts';
import { amountText, type CurrencyFace } from '../../components/amount.tsx';
import { RowButton } from '../../components/row-button.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { useNow } from '../../stores/use-now.ts';
import type { BidView } from './bids-by-document.ts';

type DealView = MethodOutput<'deals.list'>['deals'][number];

/** How long a bid holds: minutes and seconds, in figures that keep their place. */
export function Expiry({ at }: { readonly at: number }) {
  const t = useTexts();
  const left = Math.max(0, Math.ceil((at - useNow()) / 1_000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  return <span className="souk-number souk-dimmed">{left > 0 ? clock : t('search.expired')}</span>;
}

interface RiskedProps {
  readonly bid: BidView;
  readonly face: CurrencyFace;
}

/** The price by the bidder's share of deals that end well: what a delivered document costs in the long run. */
export function Risked({ bid, face: { symbol, decimals } }: RiskedProps) {
  const t = useTexts();
  const amount = amountText(bid.riskAdjusted, decimals);
  return (
    <span
      className="souk-number souk-dimmed"
      title={t('search.risked', { amount: `${amount} ${symbol}` })}
    >
      {` ≈ ${amount}`}
    </span>
  );
}

interface BuyProps {
  readonly bid: BidView;
  /** One of several bids on a document: it is bought also where another one was. */
  readonly one?: boolean;
  /** Against the key, or not; as the settings say where it is not said. */
  readonly sealed?: boolean;
}

/** Buys with one click. */
export function Buy({ bid, one = false, sealed }: BuyProps) {
  const t = useTexts();
  const now = useNow(5_000);
  const { run, busy } = useCommand('deals.buy');
  const label = t(sealed ? 'search.buy-sealed' : 'search.buy');
  const buy = async () => {
    const answer = await run({ bid: bid.id, ...(sealed !== undefined && { sealed }) });
    if (answer.ok) tellDone(t('search.bought.title'), t('search.bought.text'));
  };
  return (
    <RowButton
      look={one ? 'default' : 'filled'}
      label={`${label}: ${bid.title}`}
      busy={busy}
      disabled={bid.expiresAt <= now}
      onClick={() => void buy()}
    >
      {label}
    </RowButton>
  );
}

interface ToDealProps {
  readonly title: string;
  readonly deal: DealView;
}

/** Where a document was bought already: leads to the deal. */
export function ToDeal({ title, deal: { deal, state } }: ToDealProps) {
  const t = useTexts();
  return (
    <RowButton
      look="light"
      label={`${t('search.to-deal')}: ${title}`}
      onClick={() => go('deals', deal)}
    >
      {t(state === 'delivered' ? 'search.state.here' : 'search.state.coming')}
    </RowButton>
  );
}

/** The own deals that brought a document, or are about to, by its id. */
export function useBought(): ReadonlyMap<string, DealView> {
  const deals = useAnswer('deals.list', { roles: ['bought'], limit: 200 }).data?.deals;
  return useMemo(() => {
    const good = (deals ?? []).filter(({ state }) => state !== 'failed' && state !== 'expired');
    return new Map(good.toReversed().map((deal) => [deal.documentId, deal]));
  }, [deals]);
}
