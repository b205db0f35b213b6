import { balanceOf, currenciesOf } from '../books/index.ts';
import { type Exchange, endedSwapStates, exchangeOf, recentExchanges } from '../exchange/index.ts';
import type { Context } from '../kernel/index.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests, once the world is at rest: every exchange has ended, and happened on both sides or on none. */
export function exchangesWrong(
  peers: readonly TestPeer[],
  peer: TestPeer,
  ctx: Context,
): readonly string[] {
  const clearing = currenciesOf(ctx)
    .map((currency) => balanceOf(ctx, currency, 'clearing:exchange'))
    .filter((balance) => balance !== 0)
    .map((balance) => `${balance} stand in the exchange clearing of ${peer.name}`);
  return [...clearing, ...recentExchanges(ctx, 1_000).flatMap((one) => wrong(peers, peer, one))];
}

function wrong(peers: readonly TestPeer[], peer: TestPeer, exchange: Exchange): string[] {
  const { way, state, side, id } = exchange;
  const what = `the ${way} exchange of ${peer.name}, its ${side},`;
  const open = way === 'tab' ? state === 'asking' : !endedSwapStates.includes(state);
  if (open) return [`${what} is ${state} still`];
  if (state === 'lost') return [`${what} is lost`];
  const other = peers.find(({ id: one }) => one === exchange.peer);
  const theirs = other?.store.transaction((tx) => exchangeOf({ tx }, peer.id, id));
  const happened = state === 'exchanged';
  if (happened !== (theirs?.state === 'exchanged')) {
    return [`${what} is ${state}, that of the other ${theirs?.state}`];
  }
  const same = !happened || (theirs?.amount === exchange.amount && theirs.got === exchange.got);
  return same ? [] : [`${what} gave ${exchange.amount} for ${exchange.got}, the other not`];
}
