import type { Amount } from '../amount.ts';
import { mediaKindOf } from '../documents/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { acceptanceDeadlineMs } from '../limits.ts';
import type { Problem, ProblemCode } from '../problem.ts';
import { countDeal, type DealOutcome, noteInstructed } from '../statistics/index.ts';
import type { Milliseconds } from '../time.ts';

/** What the statistics make of a deal: of each record that is kept, before and after the change. */

/** What each state means by itself; the deals say it, for all the states that they have. */
type Outcomes<S extends string> = Readonly<Record<S, DealOutcome>>;

interface SeenDeal<S extends string> {
  readonly state: S;
  readonly since: Milliseconds;
  readonly history: readonly { readonly state: string; readonly at: Milliseconds }[];
  readonly mediaType: string;
  readonly currency: CurrencyId;
  readonly price: Amount;
  readonly contest?: { readonly contradicted?: boolean };
}

interface SeenPurchase<S extends string> extends SeenDeal<S> {
  readonly seller: PeerId;
  readonly purpose: { readonly kind: 'self' | 'resale' };
  readonly failure?: Problem;
}

interface SeenSale<S extends string> extends SeenDeal<S> {
  readonly buyer: PeerId;
  readonly supply: { readonly kind: string };
}

/** Failures of this peer's own: it had not the money, or a person did not want the document any more. */
const ownFailures: ReadonlySet<ProblemCode> = new Set([
  'insufficient-funds',
  'fee-too-high',
  'given-up',
  'folder-unwritable',
  'disk-full',
]);

/** What a purchase says of its seller by now: a contest before its state, and the own failures for nothing. */
export function purchaseOutcome<S extends string>(
  outcomes: Outcomes<S>,
  { state, failure, history, contest }: SeenPurchase<S>,
): DealOutcome {
  if (contest) return contestOutcome(contest);
  const outcome = outcomes[state];
  if (outcome === 'good') return wasLate(history) ? 'late' : 'good';
  if (outcome !== 'failed' || failure === undefined) return outcome;
  if (ownFailures.has(failure.code)) return 'dropped';
  return failure.code === 'supplier-failed' ? 'refunded' : 'failed';
}

function contestOutcome({ contradicted }: NonNullable<SeenDeal<string>['contest']>): DealOutcome {
  return contradicted ? 'contradicted' : 'contested';
}

/** What a sale says of its buyer by now: a contest before its state; `late` where it was closed first. */
export function saleOutcome<S extends string>(
  outcomes: Outcomes<S>,
  { state, history, contest }: SeenSale<S>,
): DealOutcome {
  if (contest) return contestOutcome(contest);
  const closedBefore = history.some((step) => step.state === 'closed');
  return state === 'delivered' && closedBefore ? 'late' : outcomes[state];
}

/** Counts what a change of a purchase means; `before` is undefined where it is new. */
export function countPurchase<S extends string>(
  ctx: Context,
  outcomes: Outcomes<S>,
  before: SeenPurchase<S> | undefined,
  after: SeenPurchase<S>,
): void {
  const { seller: peer, purpose, mediaType, currency, price, state } = after;
  const side = purpose.kind === 'self' ? 'bought' : 'supplied';
  countDeal(
    ctx,
    { peer, side, kind: mediaKindOf(mediaType), currency, price },
    before && purchaseOutcome(outcomes, before),
    purchaseOutcome(outcomes, after),
  );
  if (before?.state === 'accepting' && instructed.has(state))
    noteInstructed(ctx, peer, ctx.now - before.since);
}

/** Counts what a change of a sale means; `before` is undefined where it is new. */
export function countSale<S extends string>(
  ctx: Context,
  outcomes: Outcomes<S>,
  before: SeenSale<S> | undefined,
  after: SeenSale<S>,
): void {
  const { buyer: peer, supply, mediaType, currency, price } = after;
  const side = supply.kind === 'shelf' ? 'sold' : 'resold';
  countDeal(
    ctx,
    { peer, side, kind: mediaKindOf(mediaType), currency, price },
    before && saleOutcome(outcomes, before),
    saleOutcome(outcomes, after),
  );
}

/** The states that the seller's instructions lead to. */
const instructed: ReadonlySet<string> = new Set(['opening', 'agreed', 'passed-on']);

/** Given up before it came, or instructed only after the time that a chain of suppliers may take. */
function wasLate(history: SeenDeal<string>['history']): boolean {
  return history.some(({ state, at }, n) => {
    if (state === 'failed' || state === 'expired') return true;
    const next = history[n + 1];
    const came = next !== undefined && instructed.has(next.state);
    return state === 'accepting' && came && next.at - at > acceptanceDeadlineMs;
  });
}
