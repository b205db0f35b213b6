import { describe, expect, it } from 'vitest';
import { balanceOf, dealStatement } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import { giveUp, purchaseOf } from './index.ts';

describe('a bought document that the person gives up', () => {
  const bought = (...states: string[]) => {
    const market = new TestMarket();
    const alice = market.trader('alice');
    const bob = market.trader('bob', { documents: [testDocument('walden')] });
    market.chain(alice, bob);
    market.open(500);
    const deal = market.buy(alice, market.search(alice, 'walden', 50).bids[0], ...states);
    const give = () => market.world.do(alice, (ctx) => giveUp(ctx, deal));
    const purchase = () => market.world.read(alice, (ctx) => purchaseOf(ctx, deal));
    return { market, alice, deal, give, purchase };
  };

  it('is not retrieved, and what was paid stays paid', () => {
    const { market, alice, give, purchase } = bought('opening', 'retrieving');
    expect(give().ok).toBe(true);
    market.settle();
    expect(purchase()).toMatchObject({ state: 'failed', failure: { code: 'given-up' } });
    const spent = market.world.read(alice, (ctx) =>
      balanceOf(ctx, market.currency, 'expense:purchases'),
    );
    expect(spent).toBe(6);
  });

  it('can be given up once, and not after it arrived', () => {
    const under = bought('opening', 'retrieving');
    under.give();
    expect(under.give()).toMatchObject({ ok: false, error: { code: 'unknown-deal' } });
    const arrived = bought('delivered');
    expect(arrived.give()).toMatchObject({ ok: false, error: { code: 'unknown-deal' } });
    expect(arrived.purchase()?.state).toBe('delivered');
  });

  it('has moved what its statement tells, and no other deal has', () => {
    const { market, alice, deal, give } = bought('opening', 'retrieving');
    give();
    const rows = market.world.read(alice, (ctx) => dealStatement(ctx, deal));
    expect(rows.map(({ cause, result }) => [cause.kind, result])).toEqual([['bought', -6]]);
    expect(rows.every(({ cause }) => cause.deal === deal)).toBe(true);
  });
});
