import type { Amount } from '../amount.ts';
import type { Cause } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds, Seconds } from '../time.ts';

/**
 * An exchange of this peer's, in the words of its taker: `amount` of `give` for `got` of `get`. The taker
 * asked for it, the maker offered the rate. Kept for good.
 */
interface AnyExchange {
  readonly peer: PeerId;
  /** 16 random bytes of the taker's making. */
  readonly id: string;
  readonly side: 'taker' | 'maker';
  readonly give: CurrencyId;
  readonly get: CurrencyId;
  readonly amount: Amount;
  readonly got: Amount;
  readonly at: Milliseconds;
  readonly changedAt: Milliseconds;
  readonly failure?: Problem;
}

/** On two tabs at once, between neighbors: `asking → exchanged | failed`. */
export interface TabExchange extends AnyExchange {
  readonly way: 'tab';
  readonly state: 'asking' | 'exchanged' | 'failed';
}

/** By two holds under one lock, between strangers; its states are drawn in docs/states.md. */
export interface Swap extends AnyExchange {
  readonly way: 'swap';
  readonly state: SwapState;
  readonly sha256: string;
  /** The taker's from the beginning, the maker's once the taker has shown it. */
  readonly preimage?: string;
  /** The taker's order of `amount`, and when it ends; the maker's order of `got`, and when it ends. */
  readonly first?: string;
  readonly firstExpires: Seconds;
  readonly second?: string;
  readonly secondExpires?: Seconds;
  /** How the two stand at their issuers, as far as this peer has heard. */
  readonly firstState?: HoldState;
  readonly secondState?: HoldState;
  /** The rate that the maker's promise is kept of. */
  readonly rate?: string;
}

export type HoldState = 'held' | 'settled' | 'voided';

export type SwapState =
  | 'asking'
  | 'promised'
  | 'holding'
  | 'claiming'
  | 'exchanged'
  | 'returning'
  | 'returned'
  | 'failed'
  | 'lost';
export const endedSwapStates: readonly SwapState[] = ['exchanged', 'returned', 'failed', 'lost'];

export type Exchange = TabExchange | Swap;

const exchanges = collection<Exchange>()('exchanges', ['peer', 'id'], {
  at: ['at'],
  state: ['state'],
});

export function exchangeOf(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  id: string,
): Exchange | undefined {
  return ctx.tx.get(exchanges, peer, id);
}

/** Newest first. */
export function recentExchanges(ctx: Pick<Context, 'tx'>, limit: number): readonly Exchange[] {
  return ctx.tx.scan(exchanges, { by: 'at', descending: true, limit });
}

export function exchangesIn(
  ctx: Pick<Context, 'tx'>,
  state: Exchange['state'],
): readonly Exchange[] {
  return ctx.tx.scan(exchanges, { by: 'state', prefix: [state] });
}

/** Keeps an exchange as it stands now and tells who watches. */
export function putExchange<E extends Exchange>(ctx: Context, exchange: E): E {
  const changed = { ...exchange, changedAt: ctx.now };
  ctx.tx.put(exchanges, changed);
  const { peer, id, state } = changed;
  ctx.effect({ kind: 'event', event: { type: 'exchange', peer, id, state } });
  return changed;
}

/** Whether a request is the one that an exchange began with. */
export function isSame(
  known: Exchange,
  way: Exchange['way'],
  asked: Pick<Exchange, 'give' | 'get' | 'amount'>,
): boolean {
  return (
    known.way === way &&
    known.side === 'maker' &&
    known.give === asked.give &&
    known.get === asked.get &&
    known.amount === asked.amount
  );
}

export function causeOf({ peer, id }: Pick<Exchange, 'peer' | 'id'>, reason: string): Cause {
  return { kind: 'exchange', peer, reference: id, reason };
}

export const given = 'Given in an exchange.';
export const received = 'Received in an exchange.';
