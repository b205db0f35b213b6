import * as z from 'zod';
import type { PeerId } from '../identity/index.ts';
import { type Context, isPending, type Outcome, postponeCall } from '../kernel/index.ts';
import {
  acceptanceDeadlineMs,
  preparationMs,
  preparationMsMax,
  purchaseDeadlineMs,
} from '../limits.ts';
import { type DealId, tabView } from '../protocol/index.ts';
import { takeTabView } from '../tabs/index.ts';
import { movePurchase, type Purchase, postponeSale, purchaseOf, saleOf } from './deals.ts';
import { refuseNotReady } from './supply.ts';

/** The answer `not-ready` (protocol 6): charged, and still on its way to the seller, which conceals its source. */
const notReady = z.object({
  retryAfterMs: z.number().int().min(0),
  endsInMs: z.number().int().min(0),
  tab: tabView,
});

const retryMsMin = 250;
const retryMsMax = 60_000;

/**
 * Takes a seller's `not-ready`: the purchase is `preparing`, and the acceptance is sent again until the
 * seller's own deadline has passed, at most 12 h after it began, however often it says so. False where this is no
 * such answer to a purchase that still waits.
 */
export function takeNotReady(ctx: Context, call: string, deal: DealId, outcome: Outcome): boolean {
  if (outcome.kind !== 'refused' || outcome.problem.code !== 'not-ready') return false;
  const purchase = purchaseOf(ctx, deal);
  const told = notReady.safeParse(outcome.problem.members);
  if (!told.success || !purchase || !isPending(ctx, call)) return false;
  if (purchase.state !== 'accepting' && purchase.state !== 'preparing') return false;
  const { retryAfterMs, endsInMs, tab } = told.data;
  const { state, seller, currency, price } = purchase;
  // Whatever it says: its time is over, and the outbox ends the call with this refusal.
  if (state === 'preparing' && ctx.now >= purchase.deadlineAt) return false;
  if (tab.currency === currency)
    takeTabView(ctx, seller, tab, { kind: 'purchase', amount: price, reference: deal });
  const deadlineAt =
    state === 'preparing'
      ? purchase.deadlineAt
      : purchase.purpose.kind === 'self'
        ? Math.min(ctx.now + endsInMs, purchase.at + preparationMsMax) + purchaseDeadlineMs
        : waitForSupplier(ctx, purchase, purchase.purpose, endsInMs);
  if (state === 'accepting') movePurchase(ctx, purchase, 'preparing', deadlineAt);
  const inMs = Math.min(Math.max(retryAfterMs, retryMsMin), retryMsMax);
  postponeCall(ctx, call, ctx.now + inMs, deadlineAt);
  return true;
}

/** The buyer behind an intermediary waits too: each link gives up a little later than the one before it. */
function waitForSupplier(
  ctx: Context,
  purchase: Purchase,
  {
    buyer,
    deal,
    conceal,
  }: { readonly buyer: PeerId; readonly deal: DealId; readonly conceal?: true },
  endsInMs: number,
): number {
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.state !== 'buying') return purchase.deadlineAt;
  const own = conceal ? preparationMs : 0;
  const wanted = ctx.now + endsInMs + 2 * acceptanceDeadlineMs + own;
  const endsAt = Math.min(wanted, sale.at + preparationMsMax);
  refuseNotReady(ctx, postponeSale(ctx, sale, endsAt));
  return Math.min(ctx.now + endsInMs + acceptanceDeadlineMs, endsAt - acceptanceDeadlineMs);
}
