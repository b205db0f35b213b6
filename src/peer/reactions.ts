import { swapGave, swapReceived, swapRefused } from '../exchange/index.ts';
import { type Context, type Fact, reply } from '../kernel/index.ts';
import {
  acceptWaiting,
  askWaiting,
  contestRefunded,
  failWaiting,
  giveUpWaiting,
  holdRefused,
  payWaiting,
  purchaseEntered,
  purchaseRefunded,
  takeHoldIn,
  takeHoldOut,
} from '../market/index.ts';
import type { DealId } from '../protocol/index.ts';
import {
  enterDeposit,
  paymentFailed,
  presentPayment,
  settleAtThreshold,
  settleRaisedFees,
  settleWaiting,
  tabView,
} from '../tabs/index.ts';

/** What one part of the peer told: the parts that it concerns act on it in the same transaction. */
export function react(ctx: Context, fact: Fact): void {
  switch (fact.kind) {
    case 'paid':
      if (fact.purpose.kind === 'tab') presentPayment(ctx, fact.purpose.peer, fact.receipt);
      return;
    case 'payment-failed':
      if (fact.purpose.kind === 'tab') paymentFailed(ctx, fact.purpose.peer, fact);
      if (fact.purpose.kind === 'hold' && fact.purpose.use === 'delivery')
        holdRefused(ctx, fact.purpose.reference as DealId, fact.problem);
      return swapRefused(ctx, fact);
    case 'deposited':
      return enterDeposit(ctx, fact.receipt);
    case 'hold-out':
      takeHoldOut(ctx, fact);
      return swapGave(ctx, fact);
    case 'hold-in':
      takeHoldIn(ctx, fact);
      return swapReceived(ctx, fact);
    case 'receipt-taken':
      return reply(ctx, fact.exchange, { tab: tabView(ctx, fact.peer, fact.currency) });
    case 'funds':
      settleWaiting(ctx, fact.currency);
      return payWaiting(ctx, fact.currency);
    case 'owing':
      return settleAtThreshold(ctx, fact.peer, fact.currency);
    case 'tab-paid':
      acceptWaiting(ctx, fact.peer, fact.currency);
      return askWaiting(ctx, fact.peer, 'paying');
    case 'tab-payment-failed':
      failWaiting(ctx, fact.peer, fact.currency, fact.problem);
      return giveUpWaiting(ctx, fact.peer, 'paying', fact.problem);
    case 'terms':
      settleRaisedFees(ctx, fact.peer);
      return askWaiting(ctx, fact.peer, 'terms');
    case 'terms-failed':
      settleRaisedFees(ctx, fact.peer);
      return giveUpWaiting(ctx, fact.peer, 'terms', fact.problem);
    case 'purchase-entered':
      return purchaseEntered(ctx, fact.reference as DealId);
    case 'purchase-refunded':
      purchaseRefunded(ctx, fact.reference as DealId);
      return contestRefunded(ctx, fact.reference as DealId);
  }
}
