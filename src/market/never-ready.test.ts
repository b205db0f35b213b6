import { expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { problem } from '../problem.ts';
import { tabView } from '../tabs/index.ts';
import { buy, purchaseOf, recentPurchases, recentSales } from './index.ts';

const minuteMs = 60_000;

it('a seller that charges and says for ever that it is not ready keeps no deal open: each buyer is refunded by its own', () => {
  const market = new TestMarket();
  const common = { accepts: [market.accepted(0)], pricing: [{ flat: 20, perMebibyte: 0 }] };
  const settings = { ...common, commission: { flat: 4, perMillion: 0 } };
  const alice = market.trader('alice', { settings });
  const bob = market.trader('bob', { settings });
  const carol = market.trader('carol', { settings, documents: [testDocument('walden')] });
  market.chain(alice, bob, carol);
  market.open(500);
  const [bid] = market.search(alice, 'walden', 50).bids;
  let asked = 0;
  carol.forge = (effect) => {
    if (effect.kind !== 'reply' || !Object.hasOwn(effect.body as object, 'instructions'))
      return effect;
    asked += 1;
    const tab = market.world.read(carol, (ctx) => tabView(ctx, bob.id, market.currency));
    const told = { retryAfterMs: 0, endsInMs: 5 * minuteMs, tab };
    return { kind: 'refuse', exchange: effect.exchange, problem: problem('not-ready', '', told) };
  };
  const bought = market.world.do(alice, (ctx) => buy(ctx, bid!.id));
  if (!bought.ok) throw new Error(bought.error.detail);
  market.world.pass(20 * minuteMs);
  const end = market.world.read(alice, (ctx) => purchaseOf(ctx, bought.value.deal));
  expect(end).toMatchObject({ state: 'failed', failure: { code: 'supplier-failed' } });
  const [sale] = market.world.read(bob, (ctx) => recentSales(ctx, 1));
  const [supply] = market.world.read(bob, (ctx) => recentPurchases(ctx, 1));
  expect([sale?.state, supply?.state, supply?.lost]).toEqual(['refunded', 'failed', true]);
  const clearing = market.world.read(bob, (ctx) =>
    balanceOf(ctx, market.currency, 'clearing:deals'),
  );
  expect([clearing, asked < 2_000]).toEqual([0, true]);
});
