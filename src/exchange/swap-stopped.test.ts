import { describe, expect, it } from 'vitest';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { noFaults } from '../simulation/faults.ts';
import type { ExchangeMarket } from './test-exchange.suite.ts';
import {
  hourMs,
  minuteMs,
  pass,
  purses,
  strangers,
  swapOf,
  swapped,
  untouched,
} from './test-exchange.suite.ts';

describe('A swap that is stopped', () => {
  const victims = ['alice', 'bob', 'bank', 'mint'] as const;
  const find = (x: ExchangeMarket, victim: (typeof victims)[number]) =>
    victim === 'bank' ? x.market.bank : x[victim];

  /** Kills the victim at its n-th commit since the swap began, before what it would do is done. */
  function killAt(x: ExchangeMarket, victim: TestPeer, n: number): void {
    const { world } = x.market;
    const watch = world.watch;
    let commits = 0;
    world.watch = (peer) => {
      watch(peer);
      if (peer !== victim) return;
      commits += 1;
      if (commits === n) world.stopAtCommit(peer, 100 + ((n * 3_571) % 20_000));
    };
  }

  it.each(victims)('by a kill of the %s at any step happens on both sides or on none', (victim) => {
    for (let n = 1; n <= 14; n++) {
      const x = strangers(n);
      x.learn();
      killAt(x, find(x, victim), n);
      x.takeKnown(40, 'swap');
      pass(x, 2 * minuteMs);
      x.market.settle(3 * hourMs);
      const end = swapOf(x, x.alice)?.state === 'exchanged' ? swapped : untouched;
      expect([victim, n, purses(x)]).toEqual([victim, n, end]);
    }
  });

  it.each(victims)('by the silence of the %s happens on both sides or on none', (victim) => {
    for (let n = 1; n <= 8; n++) {
      const x = strangers(n);
      x.learn();
      x.takeKnown(40, 'swap');
      pass(x, 20 + n * n * 70);
      x.market.world.crash(find(x, victim), 45 * minuteMs);
      pass(x, 46 * minuteMs);
      x.market.settle(3 * hourMs);
      const end = swapOf(x, x.alice)?.state === 'exchanged' ? swapped : untouched;
      expect([victim, n, purses(x)]).toEqual([victim, n, end]);
    }
  });

  it.each(['alice', 'bob'] as const)(
    'by the other peer’s going for good ends by itself for %s, whatever state it was in',
    (name) => {
      const states = new Set<string>();
      for (let n = 1; n <= 18; n++) {
        const x = strangers(n);
        x.learn();
        const [stays, goes] = name === 'alice' ? [x.alice, x.bob] : [x.bob, x.alice];
        const { world } = x.market;
        const { watch } = world;
        let commits = 0;
        world.watch = (peer) => {
          watch(peer);
          commits += peer === stays ? 1 : 0;
          if (commits !== n || !goes.up) return;
          states.add(swapOf(x, stays)?.state ?? 'none');
          world.crash(goes);
        };
        x.takeKnown(40, 'swap');
        pass(x, minuteMs);
        for (const atMs of [10 * minuteMs, 30 * minuteMs, hourMs, 2 * hourMs, 3 * hourMs]) {
          world.now += atMs;
          pass(x, 3 * minuteMs);
        }
        const end = swapOf(x, stays)?.state ?? 'failed';
        expect(['exchanged', 'failed', 'returned']).toContain(end);
      }
      const first = name === 'alice' ? 'asking' : 'promised';
      expect([...states]).toEqual([first, 'holding', 'claiming', 'exchanged']);
    },
  );

  it.each([1, 2, 3, 4, 5, 6])(
    'by losses everywhere happens on both sides or on none (%i)',
    (seed) => {
      const x = strangers(seed);
      x.learn();
      x.market.world.faults = {
        ...noFaults,
        ...{ loseRequest: 300, loseAnswer: 300, repeat: 200, delayMsMax: 3_000, crash: 15 },
      };
      x.takeKnown(40, 'swap');
      pass(x, 3 * minuteMs);
      x.market.settle(3 * hourMs);
      const end = swapOf(x, x.alice)?.state === 'exchanged' ? swapped : untouched;
      expect(purses(x)).toEqual(end);
    },
  );
});
