import { balanceOf } from '../../../src/books/index.ts';
import { newId } from '../../../src/kernel/index.ts';
import { currencyTerms, holders, pay, supplyStatement } from '../../../src/money/index.ts';
import { ownCurrency } from '../../../src/settings/index.ts';
import { payTab } from '../../../src/tabs/index.ts';
import type { MethodName } from '../contract.ts';
import { type Handlers, pageOf, refuse, take } from '../handler.ts';
import { issuerPlace } from './currency-place.ts';
import { changeMarket } from './market-settings.ts';

/** The currency that this peer issues, and those that it takes beside it (protocol 3, 4). */
export const currencyHandlers: Handlers<Extract<MethodName, `currency.${string}`>> = {
  'currency.create': async ({ peer }, { solicitationFee, ...currency }) => {
    await changeMarket(peer, (market) => ({
      ...market,
      issues: ownCurrency.parse(currency),
      ...(solicitationFee !== undefined && { ownSolicitationFee: solicitationFee }),
    }));
    return { currency: peer.self };
  },
  'currency.statement': ({ peer }) =>
    peer.run((ctx) => {
      const signed = take(currencyTerms(ctx));
      const { name, symbol, decimals, fee, redeemableFor } = signed.payload;
      return {
        currency: ctx.self,
        ...{ name, symbol, decimals, fee, redeemableFor },
        ...supplyStatement(ctx),
        feesCollected: 0 - balanceOf(ctx, ctx.self, 'income:transfer-fees'),
        statement: ctx.seal(signed),
      };
    }),
  'currency.holders': ({ peer }, page) =>
    peer.run((ctx) => {
      const { total, rows } = pageOf(holders(ctx), page);
      return { total, holders: rows };
    }),
  'currency.issue': ({ peer }, { payee, amount, as, note }) =>
    peer.run((ctx) => {
      const currency = ctx.self;
      if (!ctx.settings.issues) refuse('no-currency', 'This peer issues no currency of its own.');
      const paid =
        as === 'tab'
          ? payTab(ctx, payee, currency, amount)
          : pay(ctx, {
              currency,
              payee,
              amount,
              transactionId: newId(ctx.chance),
              purpose: { kind: 'gift', note },
            });
      return { order: take(paid).order, amount };
    }),
  'currency.accept': async ({ peer }, { currency, endpoints, solicitationFee }) => {
    if (currency === peer.self) {
      refuse('bad-request', 'What you issue yourself you take in any case.');
    }
    const place = await peer.run((ctx) => issuerPlace(ctx, currency, endpoints));
    await changeMarket(peer, (market) => ({
      ...market,
      accepts: [
        ...market.accepts.filter((accepted) => accepted.currency !== currency),
        { currency, endpoints: place, solicitationFee },
      ],
    }));
    return { accepts: peer.settings.current.market.accepts.map((each) => each.currency) };
  },
  'currency.refuse': async ({ peer }, { currency }) => {
    const { accepts } = peer.settings.current.market;
    if (!accepts.some((accepted) => accepted.currency === currency)) {
      refuse('unknown-currency', 'This peer does not take that currency.');
    }
    await changeMarket(peer, (market) => ({
      ...market,
      accepts: market.accepts.filter((accepted) => accepted.currency !== currency),
    }));
    return { accepts: peer.settings.current.market.accepts.map((each) => each.currency) };
  },
};
