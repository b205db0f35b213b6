import { takeExchangeAnswer, takeRates, takeSwapAnswer } from '../exchange/index.ts';
import { type Call, type Context, isPending, type Outcome, settleCall } from '../kernel/index.ts';
import {
  takeAcceptanceAnswer,
  takeContestAnswer,
  takeNotReady,
  takeOpening,
  takeRoundOutcome,
} from '../market/index.ts';
import { isWalletPurpose, takeWalletOutcome } from '../money/index.ts';
import { noteCalled } from '../statistics/index.ts';
import { takeEntries, takePaymentAnswer, takeTerms } from '../tabs/index.ts';
import { moneyRules } from './money-rules.ts';
import { unpark } from './requests.ts';

/** How a call of this peer's ended: its answer goes to the part that made the call. */
export function takeOutcome(ctx: Context, { id, purpose, to }: Call, outcome: Outcome): void {
  // A round knows better whether a neighbor that it hung up on was away.
  if (purpose.kind !== 'solicitation') noteCalled(ctx, to.peer, outcome);
  if (isWalletPurpose(purpose)) return takeWalletOutcome(ctx, { id, purpose }, outcome, moneyRules);
  if (purpose.kind === 'acceptance' && takeNotReady(ctx, id, purpose.deal, outcome)) return;
  // A call of the outbox counts only when it is answered for good; a repeated answer counts no more.
  const durable = durablePurposes.has(purpose.kind);
  if (durable && !(isPending(ctx, id) && settleCall(ctx, id, outcome))) return;
  switch (purpose.kind) {
    case 'confirm-payment':
      return unpark(ctx, purpose.exchange, purpose.receipt, outcome);
    case 'terms':
      return takeTerms(ctx, purpose.peer, outcome);
    case 'tab-payment':
      return takePaymentAnswer(ctx, purpose, outcome);
    case 'tab-entries':
      return takeEntries(ctx, purpose.peer, purpose.currency, outcome);
    case 'solicitation':
      return takeRoundOutcome(ctx, purpose.solicitation, purpose.peer, outcome);
    case 'acceptance':
      return takeAcceptanceAnswer(ctx, purpose.deal, outcome);
    case 'opening':
      return takeOpening(ctx, purpose.deal, outcome);
    case 'contest':
      return takeContestAnswer(ctx, purpose.deal, outcome);
    case 'rates':
      return takeRates(ctx, purpose.peer, outcome);
    case 'exchange':
      return takeExchangeAnswer(ctx, purpose, outcome);
    case 'swap':
      return takeSwapAnswer(ctx, purpose, outcome);
    case 'introduction':
    case 'delivery':
    case 'shown-delivery':
    case 'exchange-shown':
      // Asked until answered; the answer changes nothing here.
      return;
  }
}

const durablePurposes: ReadonlySet<Call['purpose']['kind']> = new Set([
  'tab-payment',
  'tab-entries',
  'acceptance',
  'opening',
  'introduction',
  'delivery',
  'contest',
  'shown-delivery',
  'exchange',
  'exchange-shown',
  'swap',
]);
