import { setTimeout as pass } from 'node:timers/promises';
import type { CurrencyId } from '../../src/identity/index.ts';
import type { TestChance } from './chance.ts';
import type { TestMarket } from './market.ts';
import { PeerDied, type PeerProcess } from './peer.ts';

const maxPrice = 40;
const pauseMsMax = 400;

/** What came of the trading: searches, the bids bought, and what went wrong with them. */
export interface TradingReport {
  searches: number;
  bought: number;
  readonly refused: Map<string, number>;
}

/** Lets a trader search and buy, one after the other, also through its own deaths, until `stop`. */
export async function trade(
  market: TestMarket,
  trader: PeerProcess,
  chance: TestChance,
  currencies: readonly CurrencyId[],
  { stop, report }: { readonly stop: AbortSignal; readonly report: TradingReport },
): Promise<void> {
  const others = market.documents.filter(({ owner }) => owner !== trader);
  const spendable = currencies.filter((currency) => currency !== trader.self);
  while (!stop.aborted) {
    await pass(chance.below(pauseMsMax));
    if (!trader.isUp) continue;
    try {
      await tradeOnce(trader, chance.pick(others), chance.pick(spendable), report);
    } catch (error) {
      if (!(error instanceof PeerDied)) throw error;
    }
  }
}

async function tradeOnce(
  trader: PeerProcess,
  wanted: TestMarket['documents'][number],
  currency: CurrencyId,
  report: TradingReport,
): Promise<void> {
  const { documentId } = wanted;
  const found = await trader.ask('search', { query: { documentId }, currency, maxPrice });
  report.searches += 1;
  const [best] = found.bids;
  if (!best) return;
  const bought = await trader.ask('buy', best.id);
  if (bought.ok) report.bought += 1;
  else report.refused.set(bought.error.code, (report.refused.get(bought.error.code) ?? 0) + 1);
}
