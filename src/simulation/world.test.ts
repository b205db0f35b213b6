import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { bidsOf, buy, purchaseOf, searchOf, startSearch } from '../market/index.ts';
import { village } from './village.suite.ts';
import type { WorldOptions } from './world-options.ts';

function trade(options: Partial<WorldOptions> = {}) {
  const made = village(options);
  const { world, bank, alice } = made;
  const search = world.do(alice, (ctx) =>
    startSearch(ctx, {
      query: { text: 'walden' },
      offers: [{ currency: bank.id, maxPrice: 100 as Amount }],
    }),
  );
  const id = search.ok ? search.value.id : '';
  const ended = () => world.read(alice, (ctx) => searchOf(ctx, id)?.state === 'ended');
  world.until('end of the search', ended);
  const [bid] = world.read(alice, (ctx) => bidsOf(ctx, id));
  const bought = world.do(alice, (ctx) => buy(ctx, bid?.id ?? ''));
  const deal = bought.ok ? bought.value.deal : undefined;
  const state = () => world.read(alice, (ctx) => deal && purchaseOf(ctx, deal)?.state);
  world.until('document', () => state() === 'delivered');
  return made;
}

describe('A simulated world', () => {
  it.each(['wire', 'direct'] as const)(
    'trades a document through a friend, carried %s',
    (carriage) => {
      const { world } = trade({ carriage });
      expect(world.counts).toMatchObject({ retrievals: 1, retrievedBytes: 1000, crashes: 0 });
    },
  );

  it('goes the same way from the same seed, and another from another', () => {
    const digest = (seed: number) => trade({ seed }).world.digest();
    expect(digest(1)).toBe(digest(1));
    expect(digest(2)).not.toBe(digest(1));
  });

  it('keeps parted peers apart until the network heals, and lets them go on then', () => {
    const { world, alice, bob } = village();
    const all = new Set(world.peers.map(({ index }) => index));
    world.network.cut({ from: all, to: new Set([alice.index]) });
    let delivered = 0;
    world.observe({ message: ({ to }) => (delivered += to === alice ? 1 : 0) });
    world.pass(120_000);
    expect(delivered).toBe(0);
    expect(world.reaches(alice, bob)).toBe(true);
    world.network.heal();
    world.pass(120_000);
    expect(delivered).toBeGreaterThan(0);
  });

  it('loses nothing by crashes and failing disks but time', () => {
    const { world } = trade({ seed: 3 });
    world.faults = { ...world.faults, crash: 30, diskFailure: 30 };
    world.pass(600_000);
    expect(world.counts.crashes).toBeGreaterThan(0);
    expect(world.counts.diskFailures).toBeGreaterThan(0);
    world.faults = { ...world.faults, crash: 0, diskFailure: 0 };
    world.pass(200_000);
    expect(world.peers.every(({ up }) => up)).toBe(true);
  });
});
