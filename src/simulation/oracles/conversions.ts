import { balanceOf } from '../../books/index.ts';
import { ownRates, recentExchanges } from '../../exchange/index.ts';
import type { CurrencyId } from '../../identity/index.ts';
import type { Context } from '../../kernel/index.ts';
import { type Purchase, purchaseOf, recentSales, type Sale } from '../../market/index.ts';
import type { SimPeer } from '../sim-peer.ts';

/** What an intermediary that buys in another currency must have in its books (protocol 8), apart from how it does it. */

interface Converted {
  readonly sale: Sale;
  readonly purchase: Purchase;
  /** What the supply cost in the sale's currency. */
  readonly cost: number;
}

const dealsMax = 1_000_000;
const earned: ReadonlySet<string> = new Set(['instructed', 'delivered', 'closed']);

/** The sales of a peer that were bought in another currency, whatever became of them. */
export function conversionsAt(ctx: Context): readonly Converted[] {
  return recentSales(ctx, dealsMax).flatMap((sale) => {
    const { supply } = sale;
    if (supply.kind !== 'supplier' || !supply.conversion) return [];
    const purchase = purchaseOf(ctx, supply.purchase);
    return purchase ? [{ sale, purchase, cost: supply.conversion.cost }] : [];
  });
}

/**
 * Wrong at rest, at a peer that exchanges by conversion alone: what passed through the exchange is what the
 * conversions that stand moved, both ways; what is left of a rate is what it held for less what was sold on it;
 * and no conversion gave away a unit.
 */
export function conversionsWrong(peer: SimPeer, ctx: Context): readonly string[] {
  if (recentExchanges(ctx, 1).length > 0) return [];
  const all = conversionsAt(ctx);
  const stand = all.filter(
    ({ sale }) => earned.has(sale.state) && sale.contest?.outcome !== 'refunded',
  );
  const moved = new Map<CurrencyId, number>();
  for (const { sale, purchase, cost } of stand) {
    moved.set(sale.currency, (moved.get(sale.currency) ?? 0) - cost);
    moved.set(purchase.currency, (moved.get(purchase.currency) ?? 0) + purchase.price);
  }
  const currencies = peer.settings.accepts.map(({ currency }) => currency);
  const books = currencies.flatMap((currency) => {
    const [is, due] = [balanceOf(ctx, currency, 'equity:exchange'), moved.get(currency) ?? 0];
    return is === due ? [] : [`${peer.name} exchanged ${is} for ${due} by conversion`];
  });
  const rates = ownRates(ctx).flatMap(({ give, get, max, left, numerator, denominator }) => {
    const on = all.filter(
      ({ sale, purchase }) => sale.currency === give && purchase.currency === get,
    );
    const sold = on
      .filter(({ sale }) => sale.state !== 'refunded')
      .reduce((sum, { cost }) => sum + cost, 0);
    const short = on.filter(
      ({ cost, purchase }) => cost * numerator < purchase.price * denominator,
    );
    // What was sold from the directory may have become cheaper since it was seen.
    const dear = on.filter(
      ({ cost, purchase, sale }) =>
        !peer.settings.forwarding.fromDirectory &&
        sale.price > 0 &&
        (cost - 1) * numerator >= purchase.price * denominator,
    );
    return [
      left === max - sold || `${peer.name} has ${left} left of a rate for ${max - sold}`,
      short.length === 0 || `${peer.name} converted below its rate`,
      dear.length === 0 || `${peer.name} converted above its rate`,
    ].filter((wrong) => wrong !== true);
  });
  return [...books, ...rates];
}
