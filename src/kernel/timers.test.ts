import { describe, expect, it } from 'vitest';
import { clearTimer, nextTimerAt, setTimer, type Timer, takeDueTimers } from './index.ts';
import { testContext, testPeerId } from './test-context.ts';

const settle = (n: number): Timer => ({
  kind: 'settle',
  peer: testPeerId(n),
  currency: testPeerId(0),
});

describe('timers', () => {
  const set = (...ats: number[]) => {
    const peer = testContext({ now: 100 });
    peer.run((ctx) => {
      for (const [n, at] of ats.entries()) setTimer(ctx, `timer ${n}`, at, settle(n));
    });
    const take = (limit = 10) => peer.run((ctx) => takeDueTimers(ctx, limit));
    return { peer, take };
  };

  it('are due at their time, earliest first, and fire once', () => {
    const { take } = set(90, 101, 50, 100);
    expect(take()).toEqual([settle(2), settle(0), settle(3)]);
    expect(take()).toEqual([]);
  });

  it('are taken at most so many at a time; the rest stays due', () => {
    const { peer, take } = set(3, 1, 2);
    expect(take(2)).toEqual([settle(1), settle(2)]);
    expect(peer.run((ctx) => nextTimerAt(ctx))).toBe(3);
    expect(take(2)).toEqual([settle(0)]);
  });

  it('take the place of the one with the same id', () => {
    const { peer, take } = set(50);
    peer.run((ctx) => setTimer(ctx, 'timer 0', 200, settle(7)));
    expect(take()).toEqual([]);
    peer.now = 200;
    expect(take()).toEqual([settle(7)]);
  });

  it('do not fire once they are cleared', () => {
    const { peer, take } = set(50);
    peer.run((ctx) => clearTimer(ctx, 'timer 0'));
    expect(take()).toEqual([]);
    expect(peer.run((ctx) => nextTimerAt(ctx))).toBeUndefined();
  });

  it('are set only where the transaction commits', () => {
    const { peer } = set();
    const broken = () =>
      peer.run((ctx) => {
        setTimer(ctx, 'never', 1, settle(1));
        throw new Error('Broken.');
      });
    expect(broken).toThrow('Broken.');
    expect(peer.run((ctx) => nextTimerAt(ctx))).toBeUndefined();
  });
});
