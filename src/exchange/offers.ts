import type { PeerId } from '../identity/index.ts';
import { type Context, callOnce, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { answers, type OfferedRate } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { endpointsOf } from '../trust/index.ts';

/** The rates that a peer offered when it was last asked. */
interface LearnedRates {
  readonly peer: PeerId;
  readonly at: Milliseconds;
  readonly rates: readonly OfferedRate[];
}

const learned = collection<LearnedRates>()('learnedRates', ['peer']);
const askAgainMs = 10_000;
const asked = collection<{ readonly peer: PeerId; readonly at: Milliseconds }>()('ratesAsked', [
  'peer',
]);

/** Asks peers for their rates, each every 10 seconds at most. Gives those that were asked now. */
export function askRates(ctx: Context, peers: readonly PeerId[]): readonly PeerId[] {
  return peers.filter((peer) => {
    const endpoints = endpointsOf(ctx, peer);
    const before = ctx.tx.get(asked, peer);
    if (endpoints.length === 0 || (before && before.at > ctx.now - askAgainMs)) return false;
    ctx.tx.put(asked, { peer, at: ctx.now });
    callOnce(ctx, {
      to: { peer, endpoints },
      request: { route: 'rates' },
      purpose: { kind: 'rates', peer },
      timeoutMs: requestTimeoutMs,
    });
    return true;
  });
}

/** A peer's rates. Where it does not answer, what it offered last stands, with its date. */
export function takeRates(ctx: Context, peer: PeerId, outcome: Outcome): void {
  const parsed = outcome.kind === 'answered' ? answers.rates.safeParse(outcome.body) : undefined;
  if (!parsed?.success) return;
  ctx.tx.put(learned, { peer, at: ctx.now, rates: parsed.data });
  ctx.effect({ kind: 'event', event: { type: 'rates', peer } });
}

/** What the peers that were asked offered, each with when. */
export function allOffers(ctx: Pick<Context, 'tx'>): readonly LearnedRates[] {
  return ctx.tx.scan(learned);
}

export function offerOf(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  { give, get }: Pick<OfferedRate, 'give' | 'get'>,
): OfferedRate | undefined {
  const rates = ctx.tx.get(learned, peer)?.rates ?? [];
  return rates.find((rate) => rate.give === give && rate.get === get);
}
