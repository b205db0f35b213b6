import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type DealView = MethodOutput<'deals.list'>['deals'][number];
export type DealSide = MethodOutput<'deals.get'>['sides'][number];
export type DealRole = 'bought' | 'sold' | 'found' | 'supply';
export type DealProgress = 'open' | 'ended' | 'failed';

/** What this peer is in a deal; `supply` is the purchase that stands behind a sale. */
export function roleOf(deal: DealView): DealRole {
  if (deal.side === 'purchase') return deal.resoldTo === undefined ? 'bought' : 'supply';
  return deal.supply === 'shelf' ? 'sold' : 'found';
}

/** The other side of the deal. */
export function partnerOf(deal: DealView): string {
  return deal.side === 'purchase' ? deal.seller : deal.buyer;
}

const progressByState: Readonly<Record<string, DealProgress>> = {
  delivered: 'ended',
  'passed-on': 'ended',
  closed: 'ended',
  failed: 'failed',
  expired: 'failed',
  refunded: 'failed',
  lapsed: 'failed',
};

export function progressOf(state: string): DealProgress {
  return progressByState[state] ?? 'open';
}

/**
 * A state as a person reads it. Who passed a source's instructions on never hears of the delivery; who served
 * the document, or fetched it to serve it, does; what is sold against its key is to be paid first.
 */
export function shownState(deal: DealView, state: string = deal.state): string {
  if (deal.side !== 'sale' || state !== 'instructed') return state;
  if (deal.sealed) return 'instructed-sealed';
  return roleOf(deal) === 'found' && !deal.concealed ? 'passed-on' : state;
}

/** The states of a deal in their order; a state entered again and again stands once, with how often. */
export function statesOf(
  deal: Pick<DealView, 'history'>,
): readonly { readonly state: string; readonly at: number; readonly times: number }[] {
  const states: { state: string; at: number; times: number }[] = [];
  for (const { state, at } of deal.history) {
    const last = states.at(-1);
    if (last?.state === state) states[states.length - 1] = { ...last, times: last.times + 1 };
    else states.push({ state, at, times: 1 });
  }
  return states;
}

/** What is left of a found document's price after its supplier was paid. */
export function commissionOf(deal: DealView): number | undefined {
  if (deal.side !== 'sale' || deal.supplyPrice === undefined) return undefined;
  const refunded = deal.state === 'refunded' || contestOutcome(deal) === 'refunded';
  return refunded ? undefined : deal.price - deal.supplyPrice;
}

/** How the contest of a deal stands; undefined where nobody has contested it. */
export function contestOutcome({ contest }: Pick<DealView, 'contest'>) {
  if (!contest) return undefined;
  return 'outcome' in contest ? contest.outcome : contest.state;
}
