import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyPairOfSeed } from '../network/index.ts';
import { Admission } from './admission.ts';
import { RequestLimiter } from './token-bucket.ts';

const [one, two] = [1, 2].map((n) => keyPairOfSeed(new Uint8Array(32).fill(n)).peerId);
if (one === undefined || two === undefined) throw new Error('There are two peers.');
const plenty = () => ({ burst: 1e6, perSecond: 1e6 });

describe('A request limiter', () => {
  it('never lets through more than the burst and what time has brought', () => {
    const waits = fc.array(fc.nat(2_000), { maxLength: 200 });
    const rates = fc.record({
      burst: fc.integer({ min: 1, max: 20 }),
      perSecond: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(rates, waits, (rate, steps) => {
        let now = 1_000;
        let passed = 0;
        const limiter = new RequestLimiter(
          () => rate,
          () => now,
        );
        for (const step of steps) {
          now += step;
          if (limiter.take(one) === 0) passed += 1;
          const most = rate.burst + ((now - 1_000) * rate.perSecond) / 1000;
          expect(passed).toBeLessThanOrEqual(most + 1e-6);
        }
      }),
    );
  });

  it('lets a peer through that waits as long as it was told', () => {
    const rates = fc.record({
      burst: fc.integer({ min: 1, max: 5 }),
      perSecond: fc.integer({ min: 1, max: 999 }),
    });
    fc.assert(
      fc.property(rates, fc.nat(50), (rate, requests) => {
        let now = 0;
        const limiter = new RequestLimiter(
          () => rate,
          () => now,
        );
        for (let request = 0; request < requests; request += 1) {
          const waitMs = limiter.take(one);
          now += waitMs;
          if (waitMs > 0) expect(limiter.take(one)).toBe(0);
        }
      }),
    );
  });

  it('does not give more to a peer whose clock, or this one, goes back', () => {
    let now = 10_000;
    const limiter = new RequestLimiter(
      () => ({ burst: 1, perSecond: 1 }),
      () => now,
    );
    expect(limiter.take(one)).toBe(0);
    now = 5_000;
    expect(limiter.take(one)).toBeGreaterThan(0);
  });

  it('counts each peer for itself', () => {
    const limiter = new RequestLimiter(
      () => ({ burst: 1, perSecond: 1 }),
      () => 0,
    );
    expect([limiter.take(one), limiter.take(two), limiter.take(one)]).toEqual([0, 0, 1_000]);
  });
});

describe('Admission', () => {
  const bounds = { openPerPeerMax: 3, openMax: 4, streamsPerPeerMax: 2, streamsMax: 3 };
  const steps = fc.array(
    fc.record({ peer: fc.constantFrom(one, two), streams: fc.boolean(), leave: fc.nat(9) }),
  );

  it('never has more inside than its bounds, and refuses none that fits', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const door = new Admission(plenty, () => 0, bounds);
        let inside: { peer: typeof one; streams: boolean; leave: () => void }[] = [];
        for (const { peer, streams, leave } of all) {
          const own = inside.filter((each) => each.peer === peer);
          const running = (list: typeof inside) => list.filter((each) => each.streams).length;
          const fits =
            own.length < 3 &&
            inside.length < 4 &&
            (!streams || (running(own) < 2 && running(inside) < 3));
          const entered = door.enter(peer, streams);
          expect(entered.ok).toBe(fits);
          if (entered.ok) inside.push({ peer, streams, leave: entered.value });
          else expect(entered.error).toMatchObject({ code: 'rate-limited' });
          const leaving = inside[leave];
          leaving?.leave();
          inside = inside.filter((each) => each !== leaving);
        }
      }),
    );
  });

  it('tells one that comes too fast when to come again', () => {
    const door = new Admission(
      () => ({ burst: 1, perSecond: 4 }),
      () => 0,
    );
    expect(door.knock(one)).toBeUndefined();
    expect(door.knock(one)).toMatchObject({ code: 'rate-limited', members: { retryAfterMs: 250 } });
  });
});
