import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { entriesOf } from '../tabs/index.ts';
import { purchaseOf, recentPurchases, recentSales } from './index.ts';

const numRuns = Number(process.env['SOUK_WORLDS'] ?? 12);
const seed = Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const walden = testDocument('walden');
const commission = 4;

/** Peers in a line, each the friend of the next; the last has the document for 10. */
function chainOf(length: number, chance = 1) {
  const market = new TestMarket(chance);
  const peers = Array.from({ length }, (_, n) =>
    market.trader(`p${n}`, {
      settings: {
        accepts: [market.accepted(1)],
        commission: { flat: commission, perMillion: 0 },
        pricing: [{ flat: 10, perMebibyte: 0 }],
      },
      documents: n === length - 1 ? [walden] : [],
    }),
  );
  market.chain(...peers);
  market.open(500);
  return { market, peers, source: peers.at(-1) as TestPeer, between: peers.slice(1, -1) };
}

/** What is sent to the source never arrives; its callers hear so at once, or only when their time is up. */
function silence({ market, peers, source }: ReturnType<typeof chainOf>, silent: boolean) {
  const { world } = market;
  const from = new Set(peers.map(({ index }) => index));
  world.network.cut({ from, to: new Set([source.index]) });
  world.faults = { ...world.faults, silence: silent ? 1_000 : 0 };
}

const trouble = fc.record({
  length: fc.integer({ min: 3, max: 7 }),
  chance: fc.nat(1_000_000),
  silent: fc.boolean(),
  delayMsMax: fc.constantFrom(20, 200, 600),
});

describe('a chain whose source falls silent', () => {
  it('is refunded link by link, from the source on, each before its own buyer gives up; nobody bears anything', {
    timeout: 120_000,
  }, () => {
    fc.assert(
      fc.property(trouble, ({ length, chance, silent, delayMsMax }) => {
        const chain = chainOf(length, chance);
        const { market, peers, between } = chain;
        const { world } = market;
        const [bid] = market.search(peers[0]!, 'walden', 100).bids;
        silence(chain, silent);
        world.faults = { ...world.faults, delayMsMax };
        const deal = market.buy(peers[0]!, bid, 'failed');
        const purchases = between.map(
          (peer) => world.read(peer, (ctx) => recentPurchases(ctx, 1))[0]!,
        );
        const own = world.read(peers[0]!, (ctx) => purchaseOf(ctx, deal))!;
        const ended = [own, ...purchases];
        // Who asks the source hears nothing; all others hear of it from their seller, before their time is up.
        expect(ended.map(({ failure }) => failure?.code)).toEqual([
          ...Array.from({ length: length - 2 }, () => 'supplier-failed'),
          'unreachable',
        ]);
        const times = ended.map(({ since }) => since);
        expect(times).toEqual(times.toSorted((a, b) => b - a));
        for (const { since, at, withinMs = 0 } of ended)
          expect(since - at).toBeLessThanOrEqual(withinMs);
        for (const peer of between) {
          const spent = world.read(peer, (ctx) =>
            balanceOf(ctx, market.currency, 'expense:purchases'),
          );
          const [sale] = world.read(peer, (ctx) => recentSales(ctx, 1));
          expect([peer.name, spent, sale?.state]).toEqual([peer.name, 0, 'refunded']);
        }
        expect(purchases.map(({ lost }) => lost)).toEqual(purchases.map(() => undefined));
        world.network.heal();
        market.settle();
      }),
      { numRuns, seed, endOnFailure: true, interruptAfterTimeLimit: 100_000 },
    );
  });

  it('gives each supplier four fifths of what its buyer waits, and tells it so', () => {
    const chain = chainOf(5);
    const { market, peers, between } = chain;
    const told: number[] = [];
    market.world.observe({
      message: ({ kind, route, body }) => {
        const { withinMs } = (body ?? {}) as { readonly withinMs?: number };
        if (kind === 'request' && route === 'accept') told.push(withinMs ?? 0);
      },
    });
    const [bid] = market.search(peers[0]!, 'walden', 100).bids;
    const deal = market.buy(peers[0]!, bid);
    const { withinMs = 0 } = market.world.read(peers[0]!, (ctx) => purchaseOf(ctx, deal))!;
    const fifths = between.reduce<number[]>(
      (all) => [...all, Math.floor(((all.at(-1) ?? 0) * 4) / 5)],
      [withinMs],
    );
    expect(told).toEqual(fifths);
    market.settle();
  });

  it('charges nothing where its buyer is in too much of a hurry, nor asks anybody', () => {
    const { market, peers, source } = chainOf(3);
    const [alice, bob] = [peers[0]!, peers[1]!];
    const [bid] = market.search(alice, 'walden', 100).bids;
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA';
    const accept = (withinMs: number) =>
      market.ask(alice, bob, { route: 'accept', body: { bid: bid?.text, deal, withinMs } });
    expect(accept(1_249)).toMatchObject({
      error: { code: 'supplier-failed', members: { tab: { balance: 1 } } },
    });
    expect(market.world.read(bob, (ctx) => recentPurchases(ctx, 1))).toEqual([]);
    expect(accept(1_250)).toMatchObject({ ok: true });
    expect(market.world.read(source, (ctx) => recentSales(ctx, 1))).toHaveLength(1);
  });

  it('keeps the time of old for a buyer that does not say how long it waits', () => {
    const chain = chainOf(3);
    const { market, peers } = chain;
    const [alice, bob] = [peers[0]!, peers[1]!];
    const [bid] = market.search(alice, 'walden', 100).bids;
    silence(chain, true);
    const began = market.world.now;
    const body = { bid: bid?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA' };
    const answer = market.ask(alice, bob, { route: 'accept', body });
    expect(answer).toMatchObject({ error: { code: 'supplier-failed' } });
    expect(market.world.now - began).toBe(30_000);
    const entries = market.world.read(bob, (ctx) => entriesOf(ctx, alice.id, market.currency, 1));
    expect(entries.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['purchase', 14],
      ['refund', -14],
    ]);
  });
});
