import type { Amount } from '../amount.ts';
import { type Draft, draft, type PeerId } from '../identity/index.ts';
import { type Context, clearTimer, setTimer } from '../kernel/index.ts';
import { depositsPerAnswerMax, depositWaitMsMax, depositWaitsPerAccountMax } from '../limits.ts';
import { type Receipt, type RequestInput, receiptStatement } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { accountOf, receipts } from './ledger-state.ts';

/** A deposit query that waits for a deposit: the long poll of the draft (protocol 3). */
interface Waiting {
  readonly exchange: string;
  readonly account: PeerId;
  readonly after: number;
  readonly since: Milliseconds;
}

const waiting = collection<Waiting>()('ledger-waiting', ['exchange'], {
  account: ['account', 'since'],
});

export interface AccountAnswer {
  readonly balance: Amount;
  readonly held: Amount;
  /** Of the newest deposit. */
  readonly sequence: number;
}

export interface DepositsAnswer extends AccountAnswer {
  readonly deposits: readonly Draft<Receipt>[];
}

/** The caller's balance, without waiting (`GET /lcp/v1/account`). Nobody is refused: no account is 0. */
export function account(ctx: Context, from: PeerId): AccountAnswer {
  const { balance, held } = accountOf(ctx, from);
  const newest = ctx.tx.scan(receipts, {
    by: 'payee',
    prefix: [from],
    descending: true,
    limit: 1,
  })[0];
  return { balance, held, sequence: newest?.sequence ?? 0 };
}

/**
 * The deposits made to the caller after a sequence, oldest first (`GET /lcp/v1/deposits`). `sequence` is
 * where to ask on: that of the last deposit given, or, where there is none, of the newest of all.
 */
export function deposits(
  ctx: Context,
  from: PeerId,
  { after }: Pick<RequestInput<'deposits'>, 'after'>,
): DepositsAnswer {
  const found = ctx.tx.scan(receipts, {
    by: 'payee',
    prefix: [from],
    after,
    limit: depositsPerAnswerMax,
  });
  const now = account(ctx, from);
  return {
    deposits: found.map(({ payload }) => draft(receiptStatement, payload)),
    ...now,
    sequence: found.at(-1)?.sequence ?? now.sequence,
  };
}

/** Keeps an exchange until there is a deposit for it or its time is up. */
export function waitForDeposits(
  ctx: Context,
  exchange: string,
  from: PeerId,
  { after, waitMs }: RequestInput<'deposits'>,
): void {
  const others = ctx.tx.scan(waiting, { by: 'account', prefix: [from] });
  for (const oldest of others.slice(
    0,
    Math.max(0, others.length + 1 - depositWaitsPerAccountMax),
  )) {
    answerPoll(ctx, oldest.exchange);
  }
  ctx.tx.put(waiting, { exchange, account: from, after, since: ctx.now });
  const until = ctx.now + Math.min(waitMs, depositWaitMsMax);
  setTimer(ctx, pollTimer(exchange), until, { kind: 'poll-answer', exchange });
}

/** Answers whoever waits for deposits to an account, now that there is one. */
export function answerWaiting(ctx: Context, payee: PeerId): void {
  for (const { exchange } of ctx.tx.scan(waiting, { by: 'account', prefix: [payee] })) {
    answerPoll(ctx, exchange);
  }
}

/** Answers one that waits with what there is, be it nothing. */
export function answerPoll(ctx: Context, exchange: string): void {
  const poll = ctx.tx.get(waiting, exchange);
  if (!poll) return;
  forget(ctx, exchange);
  ctx.effect({ kind: 'reply', exchange, status: 200, body: deposits(ctx, poll.account, poll) });
}

/** At a start of the peer: the exchanges of its last run are gone, and so is whoever waited in them. */
export function dropWaitingPolls(ctx: Context): void {
  for (const { exchange } of ctx.tx.scan(waiting)) forget(ctx, exchange);
}

function forget(ctx: Context, exchange: string): void {
  ctx.tx.remove(waiting, exchange);
  clearTimer(ctx, pollTimer(exchange));
}

function pollTimer(exchange: string): string {
  return `poll ${exchange}`;
}
