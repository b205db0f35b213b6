import { type Amount, add, zero } from '../amount.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { DocumentId } from '../protocol/index.ts';
import { type Sale, salesOfDocument } from './deals.ts';

/** What selling a document from the own shelf brought: deals that were refunded, or never paid, aside. */
export interface ShelfSales {
  readonly sold: number;
  readonly earned: readonly { readonly currency: CurrencyId; readonly amount: Amount }[];
}

/** How often a document was sold from the own shelf, and for how much in each currency. */
export function shelfSalesOf(reader: Pick<Context, 'tx'>, documentId: DocumentId): ShelfSales {
  const earned = new Map<CurrencyId, Amount>();
  let sold = 0;
  for (const sale of salesOfDocument(reader, documentId)) {
    if (sale.supply.kind !== 'shelf' || !wasEarned(sale)) continue;
    sold += 1;
    earned.set(sale.currency, add(earned.get(sale.currency) ?? zero, sale.price));
  }
  return { sold, earned: [...earned].map(([currency, amount]) => ({ currency, amount })) };
}

/** On the tab a sale is paid once it is made, and until a contest takes it back; against the key, once that is shown. */
function wasEarned({ state, sealed, contest }: Sale): boolean {
  if (sealed) return state === 'delivered';
  return state !== 'refunded' && contest?.outcome !== 'refunded';
}
