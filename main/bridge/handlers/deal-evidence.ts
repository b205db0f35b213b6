import type { Draft } from '../../../src/identity/index.ts';
import type { Context } from '../../../src/kernel/index.ts';
import type { ContestMade, ContestTaken, Purchase, Sale } from '../../../src/market/index.ts';
import { creditedReceipt, incomingHold, receiptOf } from '../../../src/money/index.ts';
import { ordersCovering } from '../../../src/tabs/index.ts';
import type { HandlerOutput } from '../contract.ts';

type Evidence = HandlerOutput<'deals.get'>['sides'][number]['evidence'];
type Statement = readonly [Evidence[number]['kind'], string | Draft | undefined];

/** The signed statements that this peer keeps of a purchase, in the order in which they came. */
export function purchaseEvidence(ctx: Context, purchase: Purchase): Evidence {
  const { bidText, orders = [], currency, instructionsText, delivery, contest, sealed } = purchase;
  const paid = sealed?.order === undefined ? orders : [...orders, sealed.order];
  const receipts = paid.map(
    (order): Statement => ['souk-receipt', receiptOf(ctx, currency, order)],
  );
  return held(ctx, [
    ['souk-bid', bidText],
    ...receipts,
    ['souk-instructions', instructionsText],
    ['souk-delivery', delivery],
    ...ofContest(contest),
  ]);
}

/** The same of a sale: this peer's own bid and instructions, what it was paid by, and what its buyer signed. */
export function saleEvidence(ctx: Context, sale: Sale): Evidence {
  const { bidText, instructions, delivery, contest } = sale;
  return held(ctx, [
    ['souk-bid', bidText],
    ...paymentsOf(ctx, sale).map((text): Statement => ['souk-receipt', text]),
    ['souk-instructions', instructions],
    ['souk-delivery', delivery],
    ...ofContest(contest),
  ]);
}

/** The issuer's receipts of what paid for a sale: of the buyer's payments on the tab, or of its hold. */
function paymentsOf(ctx: Context, sale: Sale): readonly (string | undefined)[] {
  const { buyer, currency, price, charged, sealed } = sale;
  const hold = sealed?.hold;
  if (hold) return [incomingHold(ctx, hold)?.text, creditedReceipt(ctx, hold)];
  const orders = charged ? ordersCovering(ctx, buyer, currency, { ...charged, price }) : [];
  return orders.map((order) => creditedReceipt(ctx, { currency, payer: buyer, order }));
}

function ofContest(contest: ContestMade | ContestTaken | undefined): readonly Statement[] {
  return [
    ['souk-contest', contest?.text],
    ['souk-contest', contest?.firstText],
    ['souk-instructions', contest?.proof?.instructions],
    ['souk-receipt', contest?.proof?.hold],
    ['souk-delivery', contest?.delivery],
  ];
}

/** Those that there are, each once; a draft of this peer's is signed as it was when it left. */
function held(ctx: Context, statements: readonly Statement[]): Evidence {
  const texts = new Map<string, Evidence[number]['kind']>();
  for (const [kind, statement] of statements) {
    if (statement === undefined) continue;
    texts.set(typeof statement === 'string' ? statement : ctx.seal(statement), kind);
  }
  return [...texts].map(([text, kind]) => ({ kind, text }));
}
