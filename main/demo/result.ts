import type { CurrencyAccount } from './accounts.ts';
import { type Market, peersOf } from './market.ts';
import { settlements } from './trade.ts';

/** What `--json` prints. Counts, unless a name says otherwise; times in milliseconds. */
export interface DemoResult {
  readonly peers: number;
  /** Deals between two neighbors; a document that came over three hops is three of them. */
  readonly deals: number;
  readonly delivered: number;
  /** Delivered files that were compared with their source, byte for byte, and were the same. */
  readonly verified: number;
  readonly hopsMax: number;
  readonly discovered: number;
  /** Deals at which an intermediary earned a commission. */
  readonly commissions: number;
  /** Payments of tabs at an issuer. */
  readonly settlements: number;
  readonly currencies: readonly {
    readonly name: string;
    readonly issued: number;
    readonly destroyed: number;
    readonly sumOfBalances: number;
  }[];
  readonly booksBalanced: boolean;
  readonly durationMs: number;
}

/** Adds up what happened, from the books of every peer. */
export async function resultOf(
  market: Market,
  accounts: readonly CurrencyAccount[],
  durationMs: number,
): Promise<DemoResult> {
  const peers = peersOf(market);
  let [deals, commissions, discovered, payments] = [0, 0, 0, 0];
  for (const peer of peers) {
    const { deals: bought } = await peer.ask('deals.list', { side: 'purchase', limit: 1_000 });
    deals += bought.length;
    commissions += bought.filter(({ state }) => state === 'passed-on').length;
    discovered += (await peer.ask('discoveries.list', {})).total;
    for (const { currency } of accounts) payments += (await settlements(peer, currency)).length;
  }
  const { deliveries } = market;
  return {
    peers: peers.length,
    deals,
    delivered: deliveries.length,
    verified: deliveries.filter(({ verified }) => verified).length,
    hopsMax: Math.max(...deliveries.map(({ hops }) => hops)),
    discovered,
    commissions,
    settlements: payments,
    currencies: accounts.map(({ name, issued, destroyed, sumOfBalances }) => ({
      name,
      issued,
      destroyed,
      sumOfBalances,
    })),
    booksBalanced: accounts.every(({ balanced }) => balanced),
    durationMs: Math.round(durationMs),
  };
}
