import { type Collection, keyOf } from '../state/index.ts';
import type { Context } from './context.ts';

/** More in one transaction would keep everything else waiting. */
export const sweptAtOnce = 1_000;

/** Removes records whose indexed time is `to` or before, the oldest first. True where more may be left. */
export function removeUntil<R extends object>(
  ctx: Pick<Context, 'tx'>,
  of: Collection<R>,
  by: string,
  to: number,
): boolean {
  const past = ctx.tx.scan(of, { by, to, limit: sweptAtOnce });
  for (const record of past) ctx.tx.remove(of, ...keyOf(of, record));
  return past.length === sweptAtOnce;
}
