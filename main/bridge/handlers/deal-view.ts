import type { Context } from '../../../src/kernel/index.ts';
import { type Purchase, purchaseOf, type Sale } from '../../../src/market/index.ts';
import type { HandlerOutput } from '../contract.ts';

type DealView = HandlerOutput<'deals.list'>['deals'][number];
type Evidence = HandlerOutput<'deals.get'>['sides'][number]['evidence'];

export function purchaseView(purchase: Purchase): HandlerOutput<'deals.buy'> {
  const { purpose, history, ...rest } = purchase;
  return {
    ...rest,
    side: 'purchase',
    history: [...history],
    ...(purpose.kind === 'resale' && { resoldTo: purpose.buyer }),
  };
}

export function saleView(ctx: Context, sale: Sale): DealView {
  const { supply, history, ...rest } = sale;
  const behind = supply.kind === 'supplier' ? purchaseOf(ctx, supply.purchase) : undefined;
  return {
    ...rest,
    side: 'sale',
    history: [...history],
    supply: supply.kind,
    ...(supply.kind === 'supplier' && { supplyDeal: supply.purchase }),
    ...(behind && { supplier: behind.seller, supplyPrice: behind.price }),
  };
}

export function purchaseEvidence({ bidText, instructionsText }: Purchase): Evidence {
  return [
    { kind: 'souk-bid', text: bidText },
    ...(instructionsText === undefined
      ? []
      : [{ kind: 'souk-instructions' as const, text: instructionsText }]),
  ];
}

export function saleEvidence({ instructions, delivery }: Sale): Evidence {
  return [
    ...(typeof instructions === 'string'
      ? [{ kind: 'souk-instructions' as const, text: instructions }]
      : []),
    ...(delivery === undefined ? [] : [{ kind: 'souk-delivery' as const, text: delivery }]),
  ];
}
