import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

/** Alice has the bank's money; Bob takes it, and gives two of his own for each. */
describe('an exchange between processes that are killed', () => {
  let market: TestMarket;
  let alice: PeerProcess;
  let bob: PeerProcess;

  beforeAll(async () => {
    market = await TestMarket.open();
    bob = await market.trader('bob', { issues: true });
    alice = await market.trader('alice', { accepts: [bob] });
    await market.befriend(alice, bob);
    await market.give(alice, 500);
    await bob.ask('offer', {
      give: market.currency,
      get: bob.self,
      numerator: 2,
      denominator: 1,
      max: 1_000,
      expires: Math.floor(Date.now() / 1000) + 3_600,
    });
  });
  afterAll(() => market?.close());

  const take = (amount: number) =>
    alice.ask('exchange', { peer: bob.self, give: market.currency, get: bob.self, amount });

  /** Waits until both sides of the exchange have come to this, starting again whoever was killed. */
  async function bothAre(id: string, state: string): Promise<void> {
    let states: unknown;
    await until(
      `both sides are ${state}`,
      async () => {
        for (const peer of [alice, bob]) if (!peer.isUp) await peer.start();
        const all = await Promise.all([alice, bob].map((peer) => peer.ask('exchanges')));
        states = all.map((each) => each.find((one) => one.id === id)?.state);
        return JSON.stringify(states) === JSON.stringify([state, state]) || undefined;
      },
      { missing: () => JSON.stringify(states) },
    );
  }

  async function kept(peer: PeerProcess) {
    const { journal } = await peer.ask('books');
    const of = (currency: string) =>
      journal.find((each) => each.currency === currency)?.kept['assets:balance'] ?? 0;
    return [of(market.currency), of(bob.self)];
  }

  it('on tabs is booked once on both sides, though its answer died with the process', async () => {
    bob.arm({ moment: 'exchange exchanged', delayMs: 0 });
    const taken = await take(20);
    expect(taken).toMatchObject({ ok: true, value: { way: 'tab', got: 40 } });
    if (!taken.ok) return;
    await bob.ended();
    await bothAre(taken.value.id, 'exchanged');
    await market.settled(60_000);
    // Both debts had reached the threshold and were paid; the bank took its fee of 2.
    expect(await kept(alice)).toEqual([478, 40]);
    expect(await kept(bob)).toEqual([20, 0]);
  });

  it('by two holds happens on both sides, though each was killed in the middle', async () => {
    bob.arm({ moment: 'exchange holding', delayMs: 0 });
    alice.arm({ moment: 'exchange claiming', delayMs: 0 });
    const taken = await take(100);
    expect(taken).toMatchObject({ ok: true, value: { way: 'swap', got: 200 } });
    if (!taken.ok) return;
    await bob.ended();
    await bob.start();
    await alice.ended();
    await bothAre(taken.value.id, 'exchanged');
    await market.settled(60_000);
    expect(await kept(alice)).toEqual([376, 240]);
    expect(await kept(bob)).toEqual([120, 0]);
  });
});
