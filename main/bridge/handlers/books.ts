import { balances, currenciesOf, earnings, received, spending } from '../../../src/books/index.ts';
import type { MethodName } from '../contract.ts';
import type { Handlers } from '../handler.ts';

export const bookHandlers: Handlers<
  Extract<
    MethodName,
    `earnings.${string}` | `gifts.${string}` | `spending.${string}` | 'journal.check'
  >
> = {
  'earnings.get': ({ peer }, query) =>
    peer.run((ctx) => {
      const { rows, totals } = earnings(ctx, query);
      return { rows: [...rows], totals: [...totals] };
    }),
  'gifts.get': ({ peer }, query) =>
    peer.run((ctx) => {
      const { rows, totals } = received(ctx, query);
      return { rows: [...rows], totals: [...totals] };
    }),
  'spending.get': ({ peer }, query) =>
    peer.run((ctx) => {
      const { rows, totals } = spending(ctx, query);
      return { rows: [...rows], totals: [...totals] };
    }),
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
