import type { Context } from '../../../src/kernel/index.ts';
import {
  type Purchase,
  recentPurchases,
  recentSales,
  type Sale,
} from '../../../src/market/index.ts';
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

export function saleView(sale: Sale): DealView {
  const { supply, history, ...rest } = sale;
  return {
    ...rest,
    side: 'sale',
    history: [...history],
    supply: supply.kind,
    ...(supply.kind === 'supplier' && { supplyDeal: supply.purchase }),
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

interface DealsPage {
  readonly side?: 'purchase' | 'sale';
  readonly limit: number;
  /** `<time>.<how many of that time were given>`: several deals may begin in one millisecond. */
  readonly before?: string;
}

/** A page of deals, newest first, purchases before sales of the same time. */
export function dealsPage(ctx: Context, page: DealsPage): HandlerOutput<'deals.list'> {
  const [until, given] = page.before?.split('.').map(Number) ?? [];
  const wanted = (given ?? 0) + page.limit + 1;
  const bought = page.side === 'sale' ? [] : recentPurchases(ctx, wanted, until);
  const sold = page.side === 'purchase' ? [] : recentSales(ctx, wanted, until);
  const merged = [...bought.map(purchaseView), ...sold.map(saleView)].toSorted(
    (a, b) => b.at - a.at,
  );
  const fresh = merged.slice(given ?? 0);
  const deals = fresh.slice(0, page.limit);
  const last = deals.at(-1);
  if (!last || fresh.length <= page.limit) return { deals };
  const ofLast = deals.filter(({ at }) => at === last.at).length;
  return { deals, before: `${last.at}.${last.at === until ? (given ?? 0) + ofLast : ofLast}` };
}
