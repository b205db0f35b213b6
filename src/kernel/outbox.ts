import { acceptanceWaitMsMin } from '../limits.ts';
import { type Collection, collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Call, Outcome } from './call.ts';
import { newId } from './chance.ts';
import type { Context } from './context.ts';

/** A call that must be answered: it stands here from the transaction that decided it until its answer. */
interface Pending {
  readonly id: string;
  readonly call: Call;
  readonly attempts: number;
  readonly nextAt: Milliseconds;
  /** Past this the last outcome is taken for the answer; absent: tried for ever. */
  readonly giveUpAt?: Milliseconds;
}

const outbox = collection<Pending>()('outbox', ['id'], { due: ['nextAt'] });

const backoffMsMin = 500;
const backoffMsMax = 60_000;

type NewCall = Omit<Call, 'id'>;

/** Calls once; when this peer stops before the answer, nobody asks again. */
export function callOnce(ctx: Context, call: NewCall): string {
  const id = newId(ctx.chance);
  ctx.effect({ kind: 'call', call: { id, ...call } });
  return id;
}

/** Calls until there is an answer, through restarts of either side; the receiver must take repeats. */
export function callUntilAnswered(ctx: Context, call: NewCall, giveUpAt?: Milliseconds): string {
  const id = newId(ctx.chance);
  attempt(ctx, {
    id,
    call: { id, ...call },
    attempts: 0,
    nextAt: ctx.now,
    ...(giveUpAt === undefined ? {} : { giveUpAt }),
  });
  return id;
}

/** Sends what is due again. After a restart everything is due: nothing is under way any more. */
export function resendDue(ctx: Context, limit: number, restarted = false): void {
  const due = ctx.tx.scan(outbox, restarted ? { limit } : { by: 'due', to: ctx.now, limit });
  for (const pending of due) attempt(ctx, pending);
}

/** Whether a change of these records changes what is to be sent again, or when. */
export function holdsResends(of: Collection<object>): boolean {
  return of === outbox;
}

export function nextResendAt(ctx: Pick<Context, 'tx'>): Milliseconds | undefined {
  return ctx.tx.scan(outbox, { by: 'due', limit: 1 })[0]?.nextAt;
}

/** Whether a call stands in the outbox and waits for its answer. */
export function isPending(ctx: Context, callId: string): boolean {
  return ctx.tx.get(outbox, callId) !== undefined;
}

/**
 * Takes an outcome in. Says whether it is the call's answer: an unreachable peer or a refusal that may be
 * retried is not, while there is time left; an answer to a call that is not in the outbox any more never is.
 */
export function settleCall(ctx: Context, callId: string, outcome: Outcome): boolean {
  const pending = ctx.tx.get(outbox, callId);
  if (!pending) return false;
  const final = outcome.kind === 'answered' || (outcome.kind === 'refused' && !outcome.retryable);
  const latestAt = lastAttemptAt(pending);
  const outOfTime = latestAt !== undefined && ctx.now >= latestAt;
  if (final || outOfTime) {
    ctx.tx.remove(outbox, callId);
    return true;
  }
  const backoffMs = Math.min(backoffMsMax, backoffMsMin * 2 ** Math.min(pending.attempts - 1, 10));
  const jitter = (ctx.chance.bytes(1)[0] ?? 0) / 255;
  const nextAt = ctx.now + Math.round(backoffMs * (0.5 + jitter / 2));
  const bounded = latestAt === undefined ? nextAt : Math.min(nextAt, latestAt);
  ctx.tx.put(outbox, { ...pending, nextAt: bounded });
  return false;
}

/** The receiver asked for patience: the call is made again at `nextAt`, and given up at `giveUpAt`. */
export function postponeCall(
  ctx: Context,
  callId: string,
  nextAt: Milliseconds,
  giveUpAt: Milliseconds,
): void {
  const pending = ctx.tx.get(outbox, callId);
  if (!pending) return;
  ctx.tx.put(outbox, { ...pending, attempts: 1, nextAt: Math.min(nextAt, giveUpAt), giveUpAt });
}

export function withdrawCall(ctx: Context, callId: string): void {
  if (!ctx.tx.get(outbox, callId)) return;
  ctx.tx.remove(outbox, callId);
  ctx.effect({ kind: 'hang-up', callId });
}

function attempt(ctx: Context, pending: Pending): void {
  ctx.tx.put(outbox, {
    ...pending,
    attempts: pending.attempts + 1,
    // While the call is under way nothing is due; the shell always reports within the time limit.
    nextAt: ctx.now + pending.call.timeoutMs + backoffMsMax,
  });
  ctx.effect({ kind: 'call', call: timed(ctx, pending) });
}

/** Who is waited for no longer than was told must be called so much earlier. */
function lastAttemptAt({ call, giveUpAt }: Pending): Milliseconds | undefined {
  if (giveUpAt === undefined || call.withinMsMax === undefined) return giveUpAt;
  return giveUpAt - acceptanceWaitMsMin;
}

function timed(ctx: Context, { call, giveUpAt }: Pending): Call {
  if (giveUpAt === undefined || call.withinMsMax === undefined) return call;
  const leftMs = Math.min(giveUpAt - ctx.now, call.withinMsMax);
  const withinMs = Math.max(leftMs, acceptanceWaitMsMin);
  const request = { ...call.request, body: { ...call.request.body, withinMs } };
  return { ...call, request, timeoutMs: Math.min(call.timeoutMs, withinMs) };
}
