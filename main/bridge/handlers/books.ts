import {
  balances,
  currenciesOf,
  earnings,
  exchanged,
  received,
  spending,
} from '../../../src/books/index.ts';
import type { MethodName } from '../contract.ts';
import type { Handlers } from '../handler.ts';

/** What a reader may keep: the core's own lists are not to be changed. */
const copied = <R, T>({
  rows,
  totals,
}: {
  readonly rows: readonly R[];
  readonly totals: readonly T[];
}) => ({
  rows: [...rows],
  totals: [...totals],
});

export const bookHandlers: Handlers<
  Extract<MethodName, `${'earnings' | 'gifts' | 'exchanges' | 'spending'}.get` | 'journal.check'>
> = {
  'earnings.get': ({ peer }, query) => peer.run((ctx) => copied(earnings(ctx, query))),
  'gifts.get': ({ peer }, query) => peer.run((ctx) => copied(received(ctx, query))),
  'exchanges.get': ({ peer }, query) => peer.run((ctx) => copied(exchanged(ctx, query))),
  'spending.get': ({ peer }, query) => peer.run((ctx) => copied(spending(ctx, query))),
  'journal.check': ({ peer }) =>
    peer.run((ctx) => {
      const currencies = currenciesOf(ctx).map((currency) => {
        const accounts = [...balances(ctx, currency)].map(([account, balance]) => ({
          account,
          balance,
        }));
        return { currency, sum: accounts.reduce((sum, each) => sum + each.balance, 0), accounts };
      });
      return { balanced: currencies.every(({ sum }) => sum === 0), currencies };
    }),
};
