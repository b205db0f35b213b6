import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { discrepanciesPerTabMax } from '../limits.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/** A difference between what a peer's tab says and what this peer can explain: for a person to judge. */
interface Discrepancy {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly n: number;
  readonly at: Milliseconds;
  readonly detail: string;
}

const discrepancies = collection<Discrepancy>()('discrepancies', ['peer', 'currency', 'n']);

export function noteDiscrepancy(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  detail: string,
): void {
  const last = ctx.tx.scan(discrepancies, {
    prefix: [peer, currency],
    descending: true,
    limit: 1,
  })[0];
  if (last?.detail === detail) return;
  const n = (last?.n ?? 0) + 1;
  ctx.tx.put(discrepancies, { peer, currency, n, at: ctx.now, detail });
  ctx.tx.remove(discrepancies, peer, currency, n - discrepanciesPerTabMax);
  ctx.effect({ kind: 'event', event: { type: 'discrepancy', peer, currency, detail } });
}

export function allDiscrepancies(ctx: Pick<Context, 'tx'>): readonly Discrepancy[] {
  return ctx.tx.scan(discrepancies);
}
