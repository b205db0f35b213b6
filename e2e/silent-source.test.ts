import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceIn } from './harness/agreement.ts';
import { bodyOf, Caller, endOf, randomId } from './harness/caller.ts';
import { Cheat, cheatsPrice } from './harness/cheat.ts';
import { TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

// So high that a few questions in vain are worth another one.
const commission = 50;
const withinMs = 20_000;
const aheadUnits = 500;

/**
 * A stranger buys through Alice, who found it through Bob, whose neighbor bids and then never answers. Each
 * waits for the next one less long than it is waited for itself.
 */
describe('a chain of real peers whose source falls silent', () => {
  let market: TestMarket;
  let [alice, bob]: PeerProcess[] = [];
  let source: Cheat;
  let buyer: Caller;

  beforeAll(async () => {
    market = await TestMarket.open({ flat: 0, perMillion: 0 });
    const settings = { market: { commission: { flat: commission, perMillion: 0 } } };
    [alice, bob] = await Promise.all([
      market.trader('alice', settings),
      market.trader('bob', settings),
    ]);
    await market.befriend(alice, bob, 1_000);
    for (const trader of market.traders) await market.give(trader, 1_000);
    source = await Cheat.open(market.bank, 'silent');
    await bob.ask('addNeighbor', { invite: source.card() });
    buyer = await Caller.make();
    const { currency, bank } = market;
    await bank.ask('pay', { currency, payee: buyer.self, amount: aheadUnits });
    const receipt = await buyer.pay(bank, alice, aheadUnits);
    await buyer.ask(alice, { route: 'payTab', params: { currency }, body: { receipt } });
  });
  afterAll(async () => {
    await source?.close();
    await buyer?.close();
    await market?.close();
  });

  const entries = async () => {
    const { currency } = market;
    const asked = { route: 'tab', params: { currency }, search: { after: 0 } } as const;
    const body = bodyOf(await buyer.ask(alice!, asked)) as {
      readonly tab: { readonly balance: number };
      readonly entries: readonly { readonly kind: string; readonly amount: number }[];
    };
    return { balance: body.tab.balance, entries: body.entries };
  };
  const spent = async (peer: PeerProcess) =>
    balanceIn(await peer.ask('books'), market.currency, 'expense:purchases');

  const bought = async (peer: PeerProcess) => {
    const [newest] = (await peer.ask('books')).purchases;
    return newest && (await peer.ask('purchase', newest.deal));
  };

  it('refunds link by link, from the silence on, each while its buyer still waits, to the unit', async () => {
    // The source is paid ahead like any stranger: Bob asks it from the next time on.
    const bid = await until('a bid through two peers', async () => {
      const wanted = { text: source.title };
      return buyer.bid(alice!, wanted, market.currency).catch(() => undefined);
    });
    const before = (await entries()).balance;
    const body = { bid, deal: randomId(), withinMs };
    const outcome = await buyer.ask(alice!, { route: 'accept', body }, 0, withinMs);
    expect(endOf(outcome)).toBe('supplier-failed');

    const after = await entries();
    const price = cheatsPrice + 2 * commission;
    expect(after.balance).toBe(before);
    expect(after.entries.slice(-2)).toMatchObject([
      { kind: 'purchase', amount: price },
      { kind: 'refund', amount: -price },
    ]);
    const [viaBob, viaSource] = await Promise.all([alice!, bob!].map(bought));
    // Bob heard nothing; Alice heard of it from Bob, whom she would have waited for longer.
    expect(viaSource).toMatchObject({ state: 'failed', failure: { code: 'unreachable' } });
    expect(viaBob).toMatchObject({ state: 'failed', failure: { code: 'supplier-failed' } });
    expect([viaBob?.withinMs, viaSource?.withinMs]).toEqual([
      (withinMs * 4) / 5,
      expect.any(Number),
    ]);
    expect(viaSource?.withinMs).toBeLessThanOrEqual((withinMs * 16) / 25);
    expect(viaSource?.since).toBeLessThan(viaBob?.since ?? 0);
    for (const peer of [alice!, bob!]) expect(await spent(peer)).toBe(0);
    expect([viaBob?.lost, viaSource?.lost]).toEqual([undefined, undefined]);
  });
});
