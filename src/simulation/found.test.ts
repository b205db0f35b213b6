import { describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { startSearch } from '../market/index.ts';
import { allDiscrepancies, mirrorOf } from '../tabs/index.ts';
import { village } from './village.suite.ts';

describe('What worlds have found', () => {
  it('a fee is expected although the first copy of its request came at a bad moment', () => {
    const { world, bank, alice, bob } = village();
    const offers = [{ currency: bank.id, maxPrice: 100 as Amount }];
    const search = () =>
      world.do(alice, (ctx) => startSearch(ctx, { query: { text: 'walden' }, offers }));
    search();
    world.pass(30_000);
    const before = world.read(alice, (ctx) => mirrorOf(ctx, bob.id, bank.id).entries);
    const fault = (diskFailure: number, repeat: number) => {
      world.faults = { ...world.faults, diskFailure, repeat };
    };
    let copies = 0;
    world.observe({
      message: ({ kind, to, route }) => {
        if (kind !== 'request' || to !== bob || route !== 'solicit') return;
        copies += 1;
        fault(copies === 1 ? 1_000 : 0, 0);
      },
      handled: (peer) => {
        if (peer === bob) fault(0, 0);
      },
    });
    fault(0, 1_000);
    search();
    world.pass(30 * 60_000);
    expect([copies, world.counts.diskFailures]).toEqual([2, 1]);
    expect(world.read(alice, (ctx) => mirrorOf(ctx, bob.id, bank.id).entries)).toBe(before + 1);
    expect(world.read(alice, (ctx) => allDiscrepancies(ctx))).toEqual([]);
  });
});
