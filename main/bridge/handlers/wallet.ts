import { statement } from '../../../src/books/index.ts';
import { newId } from '../../../src/kernel/index.ts';
import {
  addCurrency,
  forgetCurrency,
  forgottenView,
  knowsCurrency,
  ordersOf,
  pay,
  quote,
  standingHolds,
  walletView,
} from '../../../src/money/index.ts';
import type { MethodName } from '../contract.ts';
import { type Handlers, refuse, take } from '../handler.ts';
import { issuerPlace } from './currency-place.ts';
import { changeMarket } from './market-settings.ts';

export const walletHandlers: Handlers<Extract<MethodName, `wallet.${string}`>> = {
  'wallet.list': ({ peer }) =>
    peer.run((ctx) => ({ currencies: [...walletView(ctx)], forgotten: [...forgottenView(ctx)] })),
  'wallet.statement': ({ peer }, { currency, ...page }) =>
    peer.run((ctx) => {
      const { rows, before } = statement(ctx, currency, page);
      const plain = rows.map((row) => ({ ...row, postings: [...row.postings] }));
      return { rows: plain, ...(before === undefined ? {} : { before }) };
    }),
  'wallet.quote': ({ peer }, { currency, amount }) =>
    peer.run((ctx) => ({ ...take(quote(ctx, currency, amount)) })),
  'wallet.send': ({ peer }, { transactionId, note, ...payment }) =>
    peer.run((ctx) => {
      const { order } = take(
        pay(ctx, {
          ...payment,
          transactionId: transactionId ?? newId(ctx.chance),
          purpose: { kind: 'gift', note },
        }),
      );
      return { order, amount: payment.amount };
    }),
  'wallet.receive': ({ peer }, { currency }) =>
    peer.run((ctx) => {
      if (!knowsCurrency(ctx, currency)) {
        refuse('unknown-currency', 'The wallet does not follow this currency: add it first.');
      }
      return {
        payee: ctx.self,
        currency,
        endpoints: issuerPlace(ctx, currency, undefined),
        transactionId: newId(ctx.chance),
      };
    }),
  'wallet.orders': ({ peer }, { currency, ...page }) =>
    peer.run((ctx) => ({ orders: [...ordersOf(ctx, currency, page)] })),
  'wallet.incoming': ({ peer }, { currency }) =>
    peer.run((ctx) => ({
      holds: standingHolds(ctx, currency)
        .map(({ payer, order, amount, hold }) => ({
          ...{ payer, order, amount },
          endsAt: hold.expires * 1_000,
        }))
        .toSorted((a, b) => a.endsAt - b.endsAt),
    })),
  'wallet.addCurrency': async ({ peer }, { currency, endpoints }) => {
    await peer.run((ctx) =>
      addCurrency(ctx, { currency, endpoints: issuerPlace(ctx, currency, endpoints) }),
    );
    return {};
  },
  'wallet.forget': async ({ peer }, { currency, leaveMoney }) => {
    await peer.run((ctx) => take(forgetCurrency(ctx, currency, { leaveMoney })));
    // What the settings still took would be followed again.
    await changeMarket(peer, (market) => ({
      ...market,
      accepts: market.accepts.filter((accepted) => accepted.currency !== currency),
    }));
    return {};
  },
};
