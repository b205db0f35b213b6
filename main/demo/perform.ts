import { closeBooks } from './accounts.ts';
import type { Market } from './market.ts';
import { type DemoResult, resultOf } from './result.ts';
import { books } from './scenes/books.ts';
import { direct } from './scenes/direct.ts';
import { discovering } from './scenes/discovering.ts';
import { earning } from './scenes/earning.ts';
import { folder } from './scenes/folder.ts';
import { opening } from './scenes/opening.ts';
import { ownCurrencies } from './scenes/own-currencies.ts';
import { refusal } from './scenes/refusal.ts';
import { settling } from './scenes/settling.ts';
import { threeHops } from './scenes/three-hops.ts';

/** The demo from the first process to the closed books. Throws where something does not happen as told. */
export async function perform(market: Market, startedAt: number): Promise<DemoResult> {
  await opening(market);
  await earning(market);
  await refusal(market);
  const voyage = await threeHops(market);
  await settling(market, voyage);
  await discovering(market);
  await direct(market, voyage);
  await ownCurrencies(market);
  if (market.ownFolder !== undefined) await folder(market, market.ownFolder);
  const accounts = await closeBooks(market);
  books(market, accounts);
  return resultOf(market, accounts, performance.now() - startedAt);
}
