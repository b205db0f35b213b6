import type { Draft } from '../../../src/identity/index.ts';
import type { Context } from '../../../src/kernel/index.ts';
import type { ContestMade, ContestTaken, Purchase, Sale } from '../../../src/market/index.ts';
import { receiptOf } from '../../../src/money/index.ts';
import type { HandlerOutput } from '../contract.ts';

type Evidence = HandlerOutput<'deals.get'>['sides'][number]['evidence'];
type Statement = readonly [Evidence[number]['kind'], string | Draft | undefined];

/** The signed statements that this peer keeps of a purchase, in the order in which they came. */
export function purchaseEvidence(ctx: Context, purchase: Purchase): Evidence {
  const { bidText, orders = [], currency, instructionsText, delivery, contest } = purchase;
  const receipts = orders.map(
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

/** The same of a sale: this peer's own bid and instructions, and what its buyer signed. */
export function saleEvidence(ctx: Context, sale: Sale): Evidence {
  const { bidText, instructions, delivery, contest } = sale;
  return held(ctx, [
    ['souk-bid', bidText],
    ['souk-instructions', instructions],
    ['souk-delivery', delivery],
    ...ofContest(contest),
  ]);
}

function ofContest(contest: ContestMade | ContestTaken | undefined): readonly Statement[] {
  return [
    ['souk-contest', contest?.text],
    ['souk-contest', contest?.firstText],
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
