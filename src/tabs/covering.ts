import type { Amount } from '../amount.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { tabEntriesPerAnswerMax } from '../limits.ts';
import type { TabEntryView } from '../protocol/index.ts';
import { entriesOf } from './tab.ts';

/** A charge as it was entered on this peer's half of a tab. */
export interface Charged {
  /** Its number, and the balance with it. */
  readonly entry: number;
  readonly balance: number;
  readonly price: Amount;
}

/**
 * The payments on this peer's half of a tab that paid for a charge, by their orders, oldest first. Payments pay
 * charges in the order in which they were entered; what was paid ahead pays what came next. Looks at 500
 * entries before the charge and 500 after it.
 */
export function ordersCovering(
  ctx: Pick<Context, 'tx'>,
  peer: PeerId,
  currency: CurrencyId,
  { entry, balance, price }: Charged,
): readonly string[] {
  const first = Math.max(0, entry - 1 - tabEntriesPerAnswerMax);
  const before = entriesOf(ctx, peer, currency, first).filter(({ n }) => n < entry);
  const after = entriesOf(ctx, peer, currency, entry);
  // Counted back from the charge: what is owed with it was paid later, the rest of its price before.
  const ahead = Math.max(0, -balance);
  const paidBefore = taken(before.toReversed(), ahead, price - Math.max(0, balance));
  const owedBefore = Math.max(0, balance - price);
  const paidAfter = taken(after, owedBefore, Math.min(price, Math.max(0, balance)));
  return [...paidBefore.toReversed(), ...paidAfter];
}

/** The payments in which `due` lies once `skipped` has been passed over. */
function taken(entries: readonly TabEntryView[], skipped: number, due: number): string[] {
  const orders: string[] = [];
  let passed = 0;
  for (const { amount, kind, reference } of entries) {
    if (due <= 0 || passed >= skipped + due) break;
    if (amount >= 0) continue;
    passed -= amount;
    if (kind === 'payment' && passed > skipped) orders.push(reference);
  }
  return orders;
}
