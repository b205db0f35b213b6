import { type Context, putOffDue, resendDue, takeDueTimers } from '../kernel/index.ts';
import {
  dropRounds,
  recountDeals,
  resumeDropping,
  resumeRetrievals,
  resumeSealing,
  resumeUnsealing,
  takeRoundLine,
} from '../market/index.ts';
import { dropWaitingPolls, startWallet } from '../money/index.ts';
import { askForUnanswered } from '../tabs/index.ts';
import { announceCard, refreshNeighbors } from '../trust/index.ts';
import type { Input } from './input.ts';
import { takeOutcome } from './outcomes.ts';
import { answerRequest, dropParked } from './requests.ts';
import { fireTimer, sweep } from './timers.ts';

/** At most this many timers and repeats in one transaction; the next tick takes the rest. */
const duePerTick = 500;
const outboxMax = 100_000;

/** Does what an input asks for, in its transaction; everything that is to leave is an effect. */
export function handleInput(ctx: Context, input: Input): void {
  switch (input.kind) {
    case 'start':
      return start(ctx);
    case 'tick':
      return tick(ctx, input.care);
    case 'request':
      return answerRequest(ctx, input.exchange, input.from, input.request);
    case 'line':
      if (input.call.purpose.kind !== 'solicitation') return;
      return takeRoundLine(
        ctx,
        input.call.purpose.solicitation,
        input.call.purpose.peer,
        input.line,
      );
    case 'outcome':
      return takeOutcome(ctx, input.call, input.outcome);
  }
}

/** A timer that cannot be carried out now is tried again this much later. */
const putOffMs = 60_000;

function tick(ctx: Context, care: Extract<Input, { kind: 'tick' }>['care']): void {
  if (care === 'later') return putOffDue(ctx, ctx.now + putOffMs);
  for (const timer of takeDueTimers(ctx, care === 'one' ? 1 : duePerTick)) fireTimer(ctx, timer);
  resendDue(ctx, duePerTick);
}

/** Picks up where the last run ended, however it ended: what must still be sent is sent again. */
function start(ctx: Context): void {
  recountDeals(ctx);
  dropWaitingPolls(ctx);
  dropParked(ctx);
  // Before anything new stands there, or it would be sent twice: a search that ends may buy.
  resendDue(ctx, outboxMax, true);
  dropRounds(ctx);
  announceCard(ctx);
  refreshNeighbors(ctx);
  askForUnanswered(ctx);
  startWallet(ctx);
  resumeDropping(ctx);
  resumeSealing(ctx);
  resumeRetrievals(ctx);
  resumeUnsealing(ctx);
  sweep(ctx);
}
