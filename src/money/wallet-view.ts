import { type Account, balances } from '../books/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import type { FeeSchedule } from '../protocol/index.ts';
import type { Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { standingHolds } from './incoming-state.ts';
import { supplyOf } from './ledger-state.ts';
import {
  currencies,
  type Discrepancy,
  type KnownCurrency,
  orders,
  type WalletOrder,
} from './wallet-state.ts';

/** One currency as the wallet page shows it. All amounts are queries of the journal. */
export interface CurrencyView {
  readonly currency: CurrencyId;
  /** This peer issues it: it has no balance, and spends by issuing. */
  readonly own: boolean;
  /** Absent until the issuer told its terms. */
  readonly name?: string;
  readonly symbol?: string;
  readonly decimals: number;
  readonly fee?: FeeSchedule;
  readonly redeemableFor?: string;
  readonly balance: number;
  /** Ordered away and not yet answered, fees included. */
  readonly ordered: number;
  readonly held: number;
  /** Held at the issuer for this peer by others: it comes when their holds settle. */
  readonly arriving: number;
  readonly tabsOwedToUs: number;
  readonly tabsWeOwe: number;
  /** Paid, and not yet seen on the payee's tab. */
  readonly inTransit: number;
  readonly spendable: number;
  /** What others hold of the own currency. */
  readonly outstanding: number;
  readonly state: KnownCurrency['state'];
  readonly trouble?: Problem;
  readonly discrepancy?: Discrepancy;
  readonly lastSeenAt?: Milliseconds;
}

/** Every currency that this peer issues or follows, its own first. */
export function walletView(
  ctx: Pick<Context, 'tx' | 'self' | 'settings'>,
): readonly CurrencyView[] {
  const { issues } = ctx.settings;
  const own: readonly CurrencyView[] = issues
    ? [
        {
          ...money(ctx, ctx.self),
          currency: ctx.self,
          own: true,
          name: issues.name,
          symbol: issues.symbol,
          decimals: issues.decimals,
          fee: issues.fee,
          redeemableFor: issues.redeemableFor,
          spendable: Number.MAX_SAFE_INTEGER - supplyOf(ctx).issued,
          state: 'ready',
        },
      ]
    : [];
  return [...own, ...followedOrNot(ctx, false)];
}

/** The currencies that were followed once: the journal's rows speak of them. */
export function forgottenView(ctx: Pick<Context, 'tx'>): readonly CurrencyView[] {
  return followedOrNot(ctx, true);
}

function followedOrNot(ctx: Pick<Context, 'tx'>, forgotten: boolean): readonly CurrencyView[] {
  return ctx.tx
    .scan(currencies)
    .filter((known) => (known.forgotten ?? false) === forgotten)
    .map((known) => followed(ctx, known));
}

function followed(ctx: Pick<Context, 'tx'>, known: KnownCurrency): CurrencyView {
  const { currency, terms, state, trouble, discrepancy, lastSeenAt } = known;
  return {
    ...money(ctx, currency),
    currency,
    own: false,
    decimals: terms?.decimals ?? 0,
    ...(terms && {
      name: terms.name,
      symbol: terms.symbol,
      fee: terms.fee,
      redeemableFor: terms.redeemableFor,
    }),
    state: terms || state === 'trouble' ? state : 'connecting',
    ...(trouble && { trouble }),
    ...(discrepancy && { discrepancy }),
    ...(lastSeenAt !== undefined && { lastSeenAt }),
  };
}

function money(ctx: Pick<Context, 'tx'>, currency: CurrencyId) {
  const all = balances(ctx, currency);
  const of = (account: Account) => all.get(account) ?? 0;
  let [tabsOwedToUs, tabsWeOwe, inTransit] = [0, 0, 0];
  for (const [account, balance] of all) {
    if (account.startsWith('assets:transit:')) inTransit += balance;
    // A stranger that paid ahead is owed; a service paid ahead owes: the sign says, not the side.
    if (!account.startsWith('assets:tab:') && !account.startsWith('liabilities:tab:')) continue;
    if (balance > 0) tabsOwedToUs += balance;
    else tabsWeOwe -= balance;
  }
  return {
    balance: of('assets:balance'),
    ordered: of('assets:ordered'),
    held: of('assets:held'),
    arriving: standingHolds(ctx, currency).reduce((sum, { amount }) => sum + amount, 0),
    tabsOwedToUs,
    tabsWeOwe,
    inTransit,
    spendable: of('assets:balance'),
    outstanding: 0 - of('equity:issuance'),
  };
}

/** This peer's orders in a currency, newest first, older than `before` where it is given. */
export function ordersOf(
  ctx: Pick<Context, 'tx'>,
  currency: CurrencyId,
  page: { readonly before?: Milliseconds; readonly limit: number },
): readonly WalletOrder[] {
  return ctx.tx.scan(orders, {
    by: 'at',
    prefix: [currency],
    descending: true,
    limit: page.limit,
    ...(page.before === undefined ? {} : { to: page.before - 1 }),
  });
}

/** The issuer's receipt of an order of this peer's, once it was carried out: the proof of payment. */
export function receiptOf(
  reader: { readonly tx: Transaction },
  currency: CurrencyId,
  order: string,
): string | undefined {
  return reader.tx.get(orders, currency, order)?.receipt;
}
