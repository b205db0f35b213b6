import type { CurrencyId, Opened } from '../identity/index.ts';
import { type Context, clearTimer, type HoldKey } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';
import { lookAt, lookTimer } from './held-orders.ts';
import { type IncomingHold, incoming } from './wallet-state.ts';

/** A hold for this peer, by its payer and order; undefined where no receipt of it was seen. */
export function incomingHold(
  ctx: Pick<Context, 'tx'>,
  { currency, payer, order }: HoldKey,
): IncomingHold | undefined {
  return ctx.tx.get(incoming, currency, payer, order);
}

/** Every hold for this peer that was ever seen, in one currency or in all. */
export function incomingHolds(
  ctx: Pick<Context, 'tx'>,
  currency?: CurrencyId,
): readonly IncomingHold[] {
  return ctx.tx.scan(incoming, currency === undefined ? {} : { prefix: [currency] });
}

/** The holds for this peer of which the issuer said that they stand, and that have not ended. */
export function standingHolds(
  ctx: Pick<Context, 'tx'>,
  currency: CurrencyId,
): readonly IncomingHold[] {
  return ctx.tx.scan(incoming, { by: 'state', prefix: [currency, 'held'] });
}

/**
 * Notes a hold for this peer, seen on the issuer's receipt, whoever showed it. The receipt may be old: the
 * issuer is asked whether the hold stands before anybody is told (`hold-in`). In the own currency the
 * ledger has just said so.
 */
export function noteIncoming(
  ctx: Context,
  { payload, text }: Opened<Receipt>,
): 'noted' | 'known' | 'no-hold' {
  const { iss: currency, payer, payee, order, amount, transactionId, hold, state } = payload;
  if (!hold || state !== 'held' || payee !== ctx.self) return 'no-hold';
  const key = { currency, payer, order };
  if (incomingHold(ctx, key)) return 'known';
  const seen = { ...key, amount, transactionId, hold, text, at: ctx.now, looks: 0 };
  const own = currency === ctx.self;
  ctx.tx.put(incoming, { ...seen, state: own ? 'held' : 'seen' });
  if (own) tell(ctx, key, 'held');
  else lookAt(ctx, key, ctx.now);
  return 'noted';
}

/** The issuer said that a noted hold stands: it is told once, and looked after when it should have ended. */
export function confirmIncoming(ctx: Context, hold: IncomingHold): void {
  if (hold.state !== 'seen') return;
  ctx.tx.put(incoming, { ...hold, state: 'held', looks: 0 });
  lookAt(ctx, hold, hold.hold.expires * 1000 + 1_000);
  tell(ctx, hold, 'held');
}

/** A hold has ended: its money is this peer's now, or went back. */
export function closeIncoming(ctx: Context, key: HoldKey, state: 'settled' | 'voided'): void {
  const hold = incomingHold(ctx, key);
  if (!hold || hold.state === 'settled' || hold.state === state) return;
  const { asked: _, ...rest } = hold;
  ctx.tx.put(incoming, { ...rest, state });
  clearTimer(ctx, lookTimer(key));
  tell(ctx, key, state);
}

function tell(
  ctx: Context,
  { currency, payer, order }: HoldKey,
  state: 'held' | 'settled' | 'voided',
): void {
  ctx.fact({ kind: 'hold-in', state, currency, payer, order });
  ctx.effect({ kind: 'event', event: { type: 'money', currency, cause: `hold-${state}` } });
}
