import { swapDeadline } from '../exchange/index.ts';
import { type Context, setTimer, type Timer } from '../kernel/index.ts';
import {
  contestDeadline,
  endRoundAtDeadline,
  lookForRefund,
  makeRoom,
  purchaseDeadline,
  repeatSavedSearch,
  saleDeadline,
  salePatience,
  sealedOrderOver,
  sweepBids,
  sweepDirectory,
  sweepSeen,
} from '../market/index.ts';
import { handleLedgerTimer, lookAtHold, pollDeposits } from '../money/index.ts';
import { settleAtThreshold, sweepExpected } from '../tabs/index.ts';
import { confirmListings } from '../trust/index.ts';
import { moneyRules } from './money-rules.ts';

const sweepEveryMs = 60_000;
/** While more is left than one transaction takes. */
const sweepOnMs = 1_000;

/** Does what was planned for this time. What is not so any more, as a deal that has ended, is left alone. */
export function fireTimer(ctx: Context, timer: Timer): void {
  switch (timer.kind) {
    case 'sweep':
      return sweep(ctx);
    case 'poll-deposits':
      return pollDeposits(ctx, timer.currency);
    case 'poll-answer':
    case 'hold-expiry':
      return handleLedgerTimer(ctx, timer, moneyRules);
    case 'hold-look':
      return lookAtHold(ctx, timer);
    case 'swap-deadline':
      return swapDeadline(ctx, timer);
    case 'settle':
      return settleAtThreshold(ctx, timer.peer, timer.currency);
    case 'solicitation-deadline':
      return endRoundAtDeadline(ctx, timer.solicitation);
    case 'saved-search':
      return repeatSavedSearch(ctx, timer.saved);
    case 'purchase-deadline':
      return purchaseDeadline(ctx, timer.deal);
    case 'sale-deadline':
      return saleDeadline(ctx, timer.buyer, timer.deal);
    case 'contest-deadline':
      return contestDeadline(ctx, timer.deal);
    case 'sealed-order':
      return sealedOrderOver(ctx, timer.deal);
    case 'lost-purchase':
      return lookForRefund(ctx, timer.deal);
    case 'sale-patience':
      return salePatience(ctx, timer.buyer, timer.deal);
  }
}

/** Forgets what is only kept for a while (protocol 10), and plans the next time. */
export function sweep(ctx: Context): void {
  const more = [sweepSeen(ctx), sweepBids(ctx), sweepDirectory(ctx)].some((left) => left);
  makeRoom(ctx);
  sweepExpected(ctx);
  confirmListings(ctx);
  setTimer(ctx, 'sweep', ctx.now + (more ? sweepOnMs : sweepEveryMs), { kind: 'sweep' });
}
