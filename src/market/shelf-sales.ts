import { type Amount, add, zero } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DocumentId } from '../protocol/index.ts';
import { salesOfDocument } from './deals.ts';

/** What selling a document from the own shelf brought: deals that were refunded aside. */
export interface ShelfSales {
  readonly sold: number;
  readonly earned: readonly { readonly currency: CurrencyId; readonly amount: Amount }[];
}

/** How often a document was sold from the own shelf, and for how much in each currency. */
export function shelfSalesOf(reader: Pick<Context, 'tx'>, documentId: DocumentId): ShelfSales {
  const earned = new Map<CurrencyId, Amount>();
  let sold = 0;
  for (const sale of salesOfDocument(reader, documentId)) {
    if (sale.supply.kind !== 'shelf' || sale.state === 'refunded') continue;
    sold += 1;
    earned.set(sale.currency, add(earned.get(sale.currency) ?? zero, sale.price));
  }
  return { sold, earned: [...earned].map(([currency, amount]) => ({ currency, amount })) };
}
