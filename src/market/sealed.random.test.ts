import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { buy, purchaseOf } from './index.ts';

const numRuns = Number(process.env['SOUK_WORLDS'] ?? 6);
const seed = Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const minuteMs = 60_000;

interface Trouble {
  readonly seed: number;
  readonly lose: number;
  readonly repeat: number;
  readonly crashes: readonly {
    readonly peer: number;
    readonly atMs: number;
    readonly downMs: number;
  }[];
}

const troubleUpTo = (downMsMax: number): fc.Arbitrary<Trouble> =>
  fc.record({
    seed: fc.nat(1_000_000),
    lose: fc.constantFrom(0, 50, 200),
    repeat: fc.constantFrom(0, 100),
    crashes: fc.array(
      fc.record({
        // 0 to 3 the chain, 4 the issuer.
        peer: fc.nat(4),
        atMs: fc.oneof(fc.nat(3_000), fc.nat(60_000)),
        downMs: fc.oneof(fc.nat(20_000), fc.nat(downMsMax)),
      }),
      { maxLength: 4 },
    ),
  });

/** Alice buys a document of 10 from Dave, through Bob and Carol, each for a commission of 4, in trouble. */
function sold(trouble: Trouble) {
  const market = new TestMarket(trouble.seed);
  const { world } = market;
  const peers = ['alice', 'bob', 'carol', 'dave'].map((name) =>
    market.trader(name, {
      settings: {
        accepts: [market.accepted(1)],
        commission: { flat: 4, perMillion: 0 },
        pricing: [{ flat: 10, perMebibyte: 0 }],
      },
      documents: name === 'dave' ? [testDocument('walden')] : [],
    }),
  );
  const [alice, bob, carol, dave] = peers as [TestPeer, TestPeer, TestPeer, TestPeer];
  market.chain(...peers);
  market.open(500);
  const { id } = market.search(alice, 'walden', 100).bids[0]!;
  world.faults = {
    ...world.faults,
    ...{ loseRequest: trouble.lose, loseAnswer: trouble.lose, repeat: trouble.repeat },
  };
  const bought = world.do(alice, (ctx) => buy(ctx, id, true));
  if (!bought.ok) throw new Error(bought.error.detail);
  for (const { peer, atMs, downMs } of trouble.crashes)
    world.at(world.now + atMs, () => world.crash([...peers, market.bank][peer]!, downMs));
  world.pass(2 * minuteMs);
  world.faults = { ...world.faults, loseRequest: 0, loseAnswer: 0, repeat: 0 };
  world.pass(200 * minuteMs);
  market.settle();
  const book = (peer: TestPeer, account: Parameters<typeof balanceOf>[2]) =>
    world.read(peer, (ctx) => balanceOf(ctx, market.currency, account));
  return {
    document: world.read(alice, (ctx) => purchaseOf(ctx, bought.value.deal)?.state),
    spent: book(alice, 'expense:purchases'),
    earned: 0 - book(dave, 'income:sales'),
    commissions: [bob, carol].map((peer) => 0 - book(peer, 'income:commissions')),
    losses: [bob, carol].map((peer) => book(peer, 'expense:purchases')),
    bound: peers.map((peer) => book(peer, 'assets:held')),
    clearing: peers.map((peer) => book(peer, 'clearing:deals')),
  };
}

describe('a sealed delivery through a chain, in trouble at any moment', () => {
  it('is all or nothing while nobody is away for longer than a link lasts', {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(troubleUpTo(35 * minuteMs), (trouble) => {
        const end = sold(trouble);
        const done = end.document === 'delivered';
        expect({ ...end, document: done }).toEqual({
          document: done,
          spent: done ? 18 : 0,
          earned: done ? 10 : 0,
          commissions: done ? [4, 4] : [0, 0],
          losses: [0, 0],
          bound: [0, 0, 0, 0],
          clearing: [0, 0, 0, 0],
        });
      }),
      { numRuns, seed, endOnFailure: true, interruptAfterTimeLimit: 200_000 },
    );
  });

  it('never takes the buyer’s money without its document, and creates none, however long somebody is away', {
    timeout: 300_000,
  }, () => {
    fc.assert(
      fc.property(troubleUpTo(5 * 60 * minuteMs), (trouble) => {
        const { document, spent, earned, commissions, losses, bound, clearing } = sold(trouble);
        expect(spent).toBe(document === 'delivered' ? 18 : 0);
        const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
        expect(earned + sum(commissions)).toBe(spent + sum(losses));
        expect([sum(bound), sum(clearing)]).toEqual([0, 0]);
      }),
      { numRuns, seed, endOnFailure: true, interruptAfterTimeLimit: 200_000 },
    );
  });
});
