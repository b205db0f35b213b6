import { type Context, setTimer } from '../kernel/index.ts';
import {
  clockSkewSeconds,
  sealedClaimSeconds,
  sealedHoldSecondsMax,
  sealedOrderSeconds,
} from '../limits.ts';
import { orderHold, quote, supportsHolds } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { DealId, Instructions } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { standingOf } from '../tabs/index.ts';
import { seconds } from '../time.ts';
import type { ReceivedBid } from './bids.ts';
import { movePurchase, notePurchase, type Purchase, purchaseOf, purchasesIn } from './deals.ts';
import { markParties } from './parties.ts';
import { failPurchase } from './purchase-end.ts';
import { type SealedPurchase, settlingMs } from './seal-record.ts';
import { passSealedOn } from './sealed-sale.ts';
import { intermediaryHearsMs } from './waiting.ts';

/** The buyer's side of a sealed deal (docs/protocol.md 9): fetch, hold the price, learn the key, decrypt. */

const unsealingMs = 7 * 24 * 60 * 60_000;

/**
 * Whether a bid is to be accepted against the key: as the person says, else as the settings do for sellers
 * that are no primary neighbors. `not-sealed` where it must be and is not offered, `insufficient-funds`.
 */
export function wantsSealed(
  ctx: Context,
  { bid, bidder }: ReceivedBid,
  chosen: boolean | undefined,
): Result<boolean, Problem> {
  const { buy } = ctx.settings.sealed;
  const offered = bid.sealed === true && supportsHolds(ctx, bid.currency);
  const trusted = standingOf(ctx, bidder) === 'primary';
  const wanted = chosen ?? (!trusted && buy !== 'never');
  if (!wanted) return ok(false);
  if (!offered) {
    return chosen === undefined && buy === 'prefer'
      ? ok(false)
      : fail(problem('not-sealed', 'This bid cannot be bought against the key. Nothing moved.'));
  }
  const price = quote(ctx, bid.currency, bid.price);
  if (!price.ok) return price;
  const { balance, total } = price.value;
  const own = bid.currency === ctx.self;
  return own || balance >= total
    ? ok(true)
    : fail(
        problem('insufficient-funds', `You have ${balance}; with its fee this needs ${total}.`, {
          ...{ balance, needed: total },
        }),
      );
}

/** The seller's terms beside its instructions; undefined where they do not fit what was agreed. */
export function sealTerms(
  { sealed }: Instructions,
  told: { readonly transactionId: string; readonly holdSeconds: number } | undefined,
): SealedPurchase['terms'] {
  const fits =
    told && told.holdSeconds >= sealedClaimSeconds && told.holdSeconds <= sealedHoldSecondsMax;
  return sealed && fits ? { ...sealed, ...told } : undefined;
}

/** An intermediary passes the instructions on and waits for its buyer's hold. */
export function agreeSealed(ctx: Context, purchase: Purchase, text: string): void {
  const terms = purchase.sealed?.terms;
  if (!terms || purchase.purpose.kind !== 'resale') return;
  const contestWithinMs = intermediaryHearsMs(purchase.contestWithinMs);
  const passedOn = { instructions: text, contestWithinMs };
  const endsAt = passSealedOn(ctx, purchase.purpose, terms, passedOn);
  movePurchase(ctx, purchase, 'agreed', endsAt);
}

/** The encrypted document is here, whole: now the price is held for its key. */
export function sealedRetrieved(
  ctx: Context,
  deal: DealId,
  path: string,
  pieceLengthBytes: number,
): Result<Purchase, Problem> {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'retrieving' || !purchase.sealed)
    return fail(problem('unknown-deal', 'Nobody waits for this document any more.'));
  const known = notePurchase(ctx, purchase, {
    sealed: { ...purchase.sealed, path, pieceLengthBytes },
  });
  const held = holdPrice(ctx, known);
  if (!held.ok) failPurchase(ctx, known, held.error, false);
  return held;
}

/** Orders the hold for the seller; the facts `hold-out` and `payment-failed` tell how it goes on. */
export function holdPrice(ctx: Context, purchase: Purchase): Result<Purchase, Problem> {
  const { sealed, seller, currency, price, deal, purpose } = purchase;
  const terms = sealed?.terms;
  if (!terms) return fail(problem('internal', 'The terms of the sealed delivery are not known.'));
  const expires = seconds(ctx.now) + terms.holdSeconds;
  const beginBy = seconds(ctx.now) + sealedOrderSeconds;
  // Moved first: in the own currency what was ordered has happened before it returns.
  const holding = movePurchase(ctx, purchase, 'holding', expires * 1000 + settlingMs, {
    sealed: { ...sealed, expires, beginBy },
  });
  const ordered = orderHold(ctx, {
    ...{ currency, payee: seller, amount: price, transactionId: terms.transactionId },
    hold: { sha256: terms.sha256, expires },
    beginBy,
    purpose: {
      ...{ kind: 'hold', use: 'delivery', peer: seller, reference: deal, deal },
      account: purpose.kind === 'self' ? 'expense:purchases' : 'clearing:deals',
    },
  });
  if (!ordered.ok) return ordered;
  const latest = purchaseOf(ctx, deal) ?? holding;
  const known = { ...sealed, ...latest.sealed, order: ordered.value.order };
  return ok(notePurchase(ctx, latest, { sealed: known }));
}

/**
 * The issuer refused the order. A copy of it that arrives later may still begin the hold, until the order is
 * past its end on every clock: only then is it known that nothing was paid.
 */
export function holdRefused(ctx: Context, deal: DealId, why: Problem): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'holding' || !purchase.sealed) return;
  notePurchase(ctx, purchase, { failure: why, sealed: { ...purchase.sealed, refused: true } });
  const lastSeconds = (purchase.sealed.beginBy ?? 0) + 2 * clockSkewSeconds;
  const at = why.code === 'order-expired' ? ctx.now : lastSeconds * 1000;
  setTimer(ctx, `sealed-order:${deal}`, at, { kind: 'sealed-order', deal });
}

/** A refused order has begun after all. */
export function holdBegan(ctx: Context, purchase: Purchase): void {
  if (!purchase.sealed?.refused) return;
  const { refused: _, ...sealed } = purchase.sealed;
  notePurchase(ctx, purchase, { sealed });
}

/** The key is known: whatever this peer thought of the deal meanwhile, it has paid, and decrypts. */
export function unseal(ctx: Context, purchase: Purchase, key: string): void {
  if (purchase.state === 'unsealing' || purchase.state === 'delivered') return;
  movePurchase(ctx, purchase, 'unsealing', ctx.now + unsealingMs, {
    sealed: { ...purchase.sealed, key },
  });
  ctx.effect({ kind: 'unseal', deal: purchase.deal });
}

/** After a start: what was being decrypted is decrypted anew. */
export function resumeUnsealing(ctx: Context): void {
  for (const { deal } of purchasesIn(ctx, 'unsealing')) ctx.effect({ kind: 'unseal', deal });
}

/**
 * What was decrypted is not the document: the instructions, the key and the encrypted document prove it to
 * anybody, and whoever took part and is no primary neighbor is undesirable (§4).
 */
export function unsealFailed(ctx: Context, deal: DealId, why: Problem): void {
  const purchase = purchaseOf(ctx, deal);
  if (purchase?.state !== 'unsealing') return;
  if (why.code === 'corrupt-document') markParties(ctx, purchase, { deal, reason: 'corrupt' });
  failPurchase(ctx, purchase, why, false);
}
