import { common } from './de/common.ts';
import { connection } from './de/connection.ts';
import { deals } from './de/deals.ts';
import { earnings } from './de/earnings.ts';
import { exchange } from './de/exchange.ts';
import { library } from './de/library.ts';
import { neighbors } from './de/neighbors.ts';
import { problemTitles } from './de/problems.ts';
import { reasons } from './de/reasons.ts';
import { search } from './de/search.ts';
import { settings } from './de/settings.ts';
import { transfers } from './de/transfers.ts';
import { trust } from './de/trust.ts';
import { wallet } from './de/wallet.ts';
import { watch } from './de/watch.ts';
import { wizard } from './de/wizard.ts';
import type { Catalog } from './en.ts';

/** German. */
export const de: Catalog = {
  ...common,
  ...connection,
  ...search,
  ...transfers,
  ...library,
  ...wallet,
  ...exchange,
  ...neighbors,
  ...earnings,
  ...deals,
  ...settings,
  ...reasons,
  ...problemTitles,
  ...trust,
  ...watch,
  ...wizard,
};
