import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { DealId } from '../protocol/index.ts';
import { type Collection, collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { HoldKey } from './call.ts';
import type { Context } from './context.ts';

/** What is to happen at a time. */
export type Timer =
  | { readonly kind: 'sweep' }
  | { readonly kind: 'poll-deposits'; readonly currency: CurrencyId }
  | { readonly kind: 'poll-answer'; readonly exchange: string }
  | { readonly kind: 'hold-expiry'; readonly payer: PeerId; readonly order: string }
  | ({ readonly kind: 'hold-look' } & HoldKey)
  | { readonly kind: 'swap-deadline'; readonly peer: PeerId; readonly id: string }
  | { readonly kind: 'settle'; readonly peer: PeerId; readonly currency: CurrencyId }
  | { readonly kind: 'solicitation-deadline'; readonly solicitation: string }
  | { readonly kind: 'saved-search'; readonly saved: string }
  | { readonly kind: 'purchase-deadline'; readonly deal: DealId }
  | { readonly kind: 'sale-deadline'; readonly buyer: PeerId; readonly deal: DealId }
  | { readonly kind: 'contest-deadline'; readonly deal: DealId }
  | { readonly kind: 'sealed-order'; readonly deal: DealId }
  | { readonly kind: 'lost-purchase'; readonly deal: DealId }
  | { readonly kind: 'sale-patience'; readonly buyer: PeerId; readonly deal: DealId };

interface SetTimer {
  readonly id: string;
  readonly at: Milliseconds;
  readonly timer: Timer;
}

const timers = collection<SetTimer>()('timers', ['id'], { due: ['at'] });

/** Sets the timer of this id, in place of the one it had. It fires once, at `at` or after a restart past it. */
export function setTimer(ctx: Context, id: string, at: Milliseconds, timer: Timer): void {
  ctx.tx.put(timers, { id, at, timer });
}

export function clearTimer(ctx: Context, id: string): void {
  ctx.tx.remove(timers, id);
}

/** Takes at most `limit` timers that are due out of the state, earliest first. */
export function takeDueTimers(ctx: Context, limit: number): readonly Timer[] {
  const due = ctx.tx.scan(timers, { by: 'due', to: ctx.now, limit });
  for (const { id } of due) ctx.tx.remove(timers, id);
  return due.map(({ timer }) => timer);
}

/** Whether a timer is set or taken away by a change of these records. */
export function holdsTimers(of: Collection<object>): boolean {
  return of === timers;
}

/** Lets the timer that is due first fire at `at` instead. */
export function putOffDue(ctx: Context, at: Milliseconds): void {
  const [first] = ctx.tx.scan(timers, { by: 'due', to: ctx.now, limit: 1 });
  if (first) ctx.tx.put(timers, { ...first, at });
}

export function nextTimerAt(ctx: Pick<Context, 'tx'>): Milliseconds | undefined {
  return ctx.tx.scan(timers, { by: 'due', limit: 1 })[0]?.at;
}
