import { common } from './en/common.ts';
import { connection } from './en/connection.ts';
import { deals } from './en/deals.ts';
import { earnings } from './en/earnings.ts';
import { exchange } from './en/exchange.ts';
import { library } from './en/library.ts';
import { neighbors } from './en/neighbors.ts';
import { problemTitles } from './en/problems.ts';
import { reasons } from './en/reasons.ts';
import { search } from './en/search.ts';
import { settings } from './en/settings.ts';
import { transfers } from './en/transfers.ts';
import { trust } from './en/trust.ts';
import { wallet } from './en/wallet.ts';
import { watch } from './en/watch.ts';
import { wizard } from './en/wizard.ts';

/** English: complete by definition; the other catalogs have exactly its keys. */
export const en = {
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
} as const;

export type TextKey = keyof typeof en;
export type Catalog = Readonly<Record<TextKey, string>>;
