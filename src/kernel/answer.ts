import type { Problem } from '../problem.ts';
import type { Result } from '../result.ts';
import type { Context } from './context.ts';

/** Answers an exchange: the body's drafts are signed on the way out. */
export function reply(ctx: Context, exchange: string, body: unknown, status = 200): void {
  ctx.effect({ kind: 'reply', exchange, status, body });
}

export function refuse(ctx: Context, exchange: string, problem: Problem): void {
  ctx.effect({ kind: 'refuse', exchange, problem });
}

/** Answers with a result: its value as the body, or its problem. */
export function answerWith(
  ctx: Context,
  exchange: string,
  result: Result<unknown, Problem>,
  status = 200,
): void {
  if (result.ok) reply(ctx, exchange, result.value, status);
  else refuse(ctx, exchange, result.error);
}
