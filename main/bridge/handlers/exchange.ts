import {
  allOffers,
  askRates,
  type Exchange,
  ownRates,
  quoteTake,
  recentExchanges,
  takeRate,
  wayFor,
} from '../../../src/exchange/index.ts';
import { solicitable } from '../../../src/trust/index.ts';
import type { HandlerOutput, MethodName } from '../contract.ts';
import { type Handlers, take } from '../handler.ts';
import { changeMarket } from './market-settings.ts';

export const exchangeHandlers: Handlers<Extract<MethodName, `exchange.${string}`>> = {
  'exchange.rates': ({ peer }) =>
    peer.run((ctx) => {
      const { swaps, convert } = ctx.settings.exchange;
      return { rates: [...ownRates(ctx)], swaps, convert };
    }),
  'exchange.setRates': async ({ peer }, { rates }) => {
    await changeMarket(peer, (market) => ({
      ...market,
      exchange: { ...market.exchange, rates },
    }));
    return {};
  },
  'exchange.settings': async ({ peer }, changed) => {
    await changeMarket(peer, (market) => ({
      ...market,
      exchange: { ...market.exchange, ...changed },
    }));
    return {};
  },
  'exchange.offers': ({ peer }) =>
    peer.run((ctx) => ({
      offers: allOffers(ctx).map((each) => ({ ...each, rates: [...each.rates] })),
    })),
  'exchange.ask': ({ peer }, { peer: who }) =>
    peer.run((ctx) => {
      const neighbors = () => solicitable(ctx, 'self').map((each) => each.peer);
      return { asked: [...askRates(ctx, who === undefined ? neighbors() : [who])] };
    }),
  'exchange.quote': ({ peer }, order) =>
    peer.run((ctx) => {
      const got = take(quoteTake(ctx, order));
      return { got, way: wayFor(ctx, order, got) };
    }),
  'exchange.take': ({ peer }, order) => peer.run((ctx) => viewOf(take(takeRate(ctx, order)))),
  'exchange.list': ({ peer }, { limit }) =>
    peer.run((ctx) => ({ exchanges: recentExchanges(ctx, limit).map(viewOf) })),
};

/** Without the lock and what opens it: nobody needs them on a screen. */
function viewOf(exchange: Exchange): HandlerOutput<'exchange.list'>['exchanges'][number] {
  const { peer, id, side, way, state, give, get, amount, got, at, changedAt, failure } = exchange;
  const common = {
    ...{ peer, id, side, way, state, give, get, amount, got, at, changedAt },
    ...(failure && { failure }),
  };
  if (exchange.way === 'tab') return common;
  const { firstState, firstExpires, secondState, secondExpires } = exchange;
  return {
    ...{ ...common, firstExpires },
    ...(firstState && { firstState }),
    ...(secondState && { secondState }),
    ...(secondExpires !== undefined && { secondExpires }),
  };
}
