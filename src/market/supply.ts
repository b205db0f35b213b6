import { subtract } from '../amount.ts';
import { post } from '../books/index.ts';
import type { PeerId } from '../identity/index.ts';
import { type Context, refuse, reply, setTimer } from '../kernel/index.ts';
import { problem } from '../problem.ts';
import type { DealId } from '../protocol/index.ts';
import { refund, tabView } from '../tabs/index.ts';
import { joinSecondary } from '../trust/index.ts';
import { bookConversion, restoreConversion, supplyCost } from './conversion.ts';
import {
  moveSale,
  noteSale,
  type Purchase,
  purchaseOf,
  type Sale,
  saleOf,
  waitingSaleStates,
} from './deals.ts';
import { hearsMs, intermediaryHearsMs } from './waiting.ts';

/** How an intermediary's sale ends: with its supplier's instructions (referral, §3), or refunded. */

/** The supplier's instructions are here: they are passed on, and the commission is earned. */
export function saleSupplied(
  ctx: Context,
  buyer: PeerId,
  deal: DealId,
  purchase: Purchase,
  instructions: string,
): void {
  const sale = saleOf(ctx, buyer, deal);
  if (sale?.state !== 'buying') return;
  earnCommission(ctx, sale, purchase);
  const { exchange } = sale;
  // As long as it may be contested; then nobody can end it any more, and it is closed.
  const contestWithinMs = intermediaryHearsMs(purchase.contestWithinMs);
  const supplied = moveSale(ctx, sale, 'instructed', ctx.now + contestWithinMs, {
    ...{ instructions, contestWithinMs },
  });
  if (exchange !== undefined) replyInstructions(ctx, exchange, supplied);
}

/** What the buyer was charged beyond the supplier's price is this peer's. */
export function earnCommission(ctx: Context, sale: Sale, purchase: Purchase): void {
  const { buyer, deal } = sale;
  const commission = subtract(sale.price, supplyCost(sale, purchase));
  const cause = {
    kind: 'commission',
    peer: buyer,
    via: purchase.seller,
    deal,
    reason: `Found for a neighbor: ${sale.title}`,
  } as const;
  post(ctx, sale.currency, cause, [
    { account: 'clearing:deals', amount: commission },
    { account: 'income:commissions', amount: -commission },
  ]);
  bookConversion(ctx, sale, purchase, 1);
}

/** A buyer's first call is held for a moment; one that was told to wait is held longer. */
const patienceMs = { first: 5_000, later: 25_000 };
const retryAfterMs = 1_000;

/** A buyer waits in an exchange for a document that is not here yet: it is told so after a while, and before it gives up. */
export function expectPatience(
  ctx: Context,
  { buyer, deal, waitsUntil }: Sale,
  again = false,
): void {
  const patientMs = again ? patienceMs.later : patienceMs.first;
  const leftMs = waitsUntil === undefined ? Number.POSITIVE_INFINITY : waitsUntil - ctx.now;
  const at = ctx.now + Math.max(0, Math.min(patientMs, Math.floor(leftMs / 2)));
  setTimer(ctx, `patience:${buyer}:${deal}`, at, { kind: 'sale-patience', buyer, deal });
}

/** Nobody keeps a call waiting for hours: the buyer is to ask again (protocol 6). */
export function salePatience(ctx: Context, buyer: PeerId, deal: DealId): void {
  const sale = saleOf(ctx, buyer, deal);
  if (sale && waitingSaleStates.has(sale.state)) refuseNotReady(ctx, sale);
}

/** Answers a waiting buyer that the document is still being made ready, and by when that ends at the latest. */
export function refuseNotReady(ctx: Context, sale: Sale): void {
  const { exchange, ...answered } = sale;
  if (exchange === undefined) return;
  noteSale(ctx, answered, {});
  const endsInMs = Math.max(0, sale.deadlineAt - ctx.now);
  const tab = tabView(ctx, sale.buyer, sale.currency);
  const told = { retryAfterMs, endsInMs, tab };
  refuse(ctx, exchange, problem('not-ready', 'The document is being made ready. Ask again.', told));
}

/** The supplier failed: the buyer's charge is taken back (protocol 6). */
export function saleFailed(ctx: Context, buyer: PeerId, deal: DealId): void {
  const sale = saleOf(ctx, buyer, deal);
  if (!sale || !waitingSaleStates.has(sale.state)) return;
  if (sale.sealed) {
    // Nothing was charged.
    moveSale(ctx, sale, 'lapsed', ctx.now);
    if (sale.exchange !== undefined) refuseRefunded(ctx, sale.exchange, sale);
    return;
  }
  refund(ctx, buyer, sale.currency, {
    amount: sale.price,
    reference: deal,
    counter: 'clearing:deals',
    cause: { kind: 'refund', peer: buyer, deal, reason: 'The supplier failed.' },
  });
  const bought =
    sale.supply.kind === 'supplier' ? purchaseOf(ctx, sale.supply.purchase) : undefined;
  restoreConversion(ctx, sale, bought?.currency);
  const { exchange } = sale;
  moveSale(ctx, sale, 'refunded', ctx.now);
  if (exchange !== undefined) refuseRefunded(ctx, exchange, sale);
}

/**
 * Nobody can contest the sale any more: an intermediary takes it for a deal that ended well, and keeps the peer
 * that it met by it (§2.3, §4).
 */
export function keepMet(ctx: Context, { supply, contest, deal }: Sale): void {
  const serving =
    supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase)?.serving : undefined;
  if (serving !== undefined && !contest) joinSecondary(ctx, serving, deal);
}

/** A primary neighbor contested: its charge is taken back, and what was earned by it (protocol 7). */
export function takeSaleBack(ctx: Context, sale: Sale): void {
  const { buyer, deal, currency, price, supply } = sale;
  const cause = { kind: 'refund', peer: buyer, deal, reason: 'The buyer contested.' } as const;
  const purchase = supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
  if (purchase) {
    const commission = subtract(price, supplyCost(sale, purchase));
    bookConversion(ctx, sale, purchase, -1);
    post(ctx, currency, { ...cause, via: purchase.seller }, [
      { account: 'income:commissions', amount: commission },
      { account: 'clearing:deals', amount: -commission },
    ]);
  }
  const counter = purchase ? 'clearing:deals' : 'income:sales';
  refund(ctx, buyer, currency, { amount: price, reference: deal, counter, cause });
}

/** Tells a buyer its instructions, what it owes now, and how long its contest is heard (protocol 6, 7). */
export function replyInstructions(ctx: Context, exchange: string, sale: Sale): void {
  const tab = tabView(ctx, sale.buyer, sale.currency);
  // A concealed source (§3) is not given away by it: this peer says what a source does.
  const contestWithinMs = hearsMs(sale);
  reply(ctx, exchange, { instructions: sale.instructions, tab, contestWithinMs });
}

/** Refuses a buyer that is charged nothing, or nothing any more: 502 `supplier-failed` {tab} (protocol 6). */
export function refuseRefunded(ctx: Context, exchange: string, sale: Sale): void {
  const tab = tabView(ctx, sale.buyer, sale.currency);
  refuse(
    ctx,
    exchange,
    problem('supplier-failed', 'The supplier did not deliver; nothing is charged.', { tab }),
  );
}
