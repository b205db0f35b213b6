import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problem } from '../problem.ts';
import type { Outcome } from './call.ts';
import type { Effect } from './effect.ts';
import {
  callOnce,
  callUntilAnswered,
  isPending,
  nextResendAt,
  resendDue,
  settleCall,
  withdrawCall,
} from './index.ts';
import { testContext, testPeerId } from './test-context.ts';

const answered: Outcome = { kind: 'answered', status: 200, body: {} };
const unreachable: Outcome = { kind: 'unreachable', detail: 'No way there.' };
const refused = (retryable: boolean): Outcome => ({
  ...{ kind: 'refused', problem: problem('unavailable', 'Not now.'), body: undefined },
  retryable,
});
const call = {
  to: { peer: testPeerId(2), endpoints: ['https://there:1'] },
  request: { route: 'terms' },
  purpose: { kind: 'terms', peer: testPeerId(2) },
  timeoutMs: 15_000,
} as const;
const kinds = (effects: readonly Effect[]) => effects.map(({ kind }) => kind);

describe('a call that tells how long it waits', () => {
  const timed = {
    ...call,
    request: { route: 'accept', body: { deal: 'd' } },
    timeoutMs: 90_000,
    withinMsMax: 40_000,
  } as const;
  const told = (effects: readonly Effect[]) =>
    effects.flatMap((effect) => {
      if (effect.kind !== 'call') return [];
      const { request, timeoutMs } = effect.call;
      return [[request.body?.['withinMs'], timeoutMs]];
    });
  const begin = (giveUpInMs: number) => {
    const peer = testContext();
    const id = peer.run((ctx) => callUntilAnswered(ctx, timed, peer.now + giveUpInMs));
    return { peer, settle: (outcome: Outcome) => peer.run((ctx) => settleCall(ctx, id, outcome)) };
  };

  it('lasts no longer than it tells, and keeps what else it says', () => {
    const { peer } = begin(60_000);
    const effects = peer.takeEffects();
    expect(effects).toMatchObject([
      { call: { request: { body: { deal: 'd', withinMs: 40_000 } } } },
    ]);
    expect(told(effects)).toEqual([[40_000, 40_000]]);
  });

  it('tells with each repeat what is left of its time, and is made the last time a second before its end', () => {
    const { peer, settle } = begin(3_000);
    const begun = peer.now;
    expect(told(peer.takeEffects())).toEqual([[3_000, 3_000]]);
    for (;;) {
      if (settle(unreachable)) break;
      const at = peer.run((ctx) => nextResendAt(ctx)) ?? 0;
      expect(at - begun).toBeLessThanOrEqual(2_000);
      peer.now = at;
      peer.run((ctx) => resendDue(ctx, 100));
      expect(told(peer.takeEffects())).toEqual([[begun + 3_000 - at, begun + 3_000 - at]]);
    }
    expect(peer.now - begun).toBe(2_000);
  });

  it('tells the least that there is where a restart comes too late', () => {
    const { peer } = begin(3_000);
    peer.takeEffects();
    peer.now += 10_000;
    peer.run((ctx) => resendDue(ctx, 100, true));
    expect(told(peer.takeEffects())).toEqual([[1_000, 1_000]]);
  });
});

describe('a call that must be answered', () => {
  function begin(giveUpInMs?: number) {
    const peer = testContext();
    const giveUpAt = giveUpInMs === undefined ? undefined : peer.now + giveUpInMs;
    const id = peer.run((ctx) => callUntilAnswered(ctx, call, giveUpAt));
    const settle = (outcome: Outcome) => peer.run((ctx) => settleCall(ctx, id, outcome));
    const nextAt = () => peer.run((ctx) => nextResendAt(ctx));
    const pending = () => peer.run((ctx) => isPending(ctx, id));
    const resend = (restarted = false) => {
      peer.takeEffects();
      peer.run((ctx) => resendDue(ctx, 100, restarted));
      return kinds(peer.takeEffects());
    };
    return { peer, id, settle, nextAt, pending, resend };
  }

  it('is sent at once, under the id by which its answer is known', () => {
    const { peer, id } = begin();
    expect(peer.takeEffects()).toEqual([{ kind: 'call', call: { id, ...call } }]);
  });

  it('is settled by an answer, and by a refusal that is final', () => {
    for (const outcome of [answered, refused(false)]) {
      const { settle, pending } = begin();
      expect(settle(outcome)).toBe(true);
      expect(pending()).toBe(false);
      expect(settle(outcome)).toBe(false);
    }
  });

  it('is sent again after the peer was not reached, or refused for now', () => {
    for (const outcome of [unreachable, refused(true)]) {
      const { peer, settle, nextAt, resend } = begin();
      expect(settle(outcome)).toBe(false);
      expect(resend()).toEqual([]);
      peer.now = nextAt() ?? 0;
      expect(resend()).toEqual(['call']);
    }
  });

  it('is not sent again while it is under way', () => {
    const { peer, resend } = begin();
    peer.now += call.timeoutMs;
    expect(resend()).toEqual([]);
  });

  it('is sent again after a restart, under way or not', () => {
    const { resend } = begin();
    expect(resend(true)).toEqual(['call']);
  });

  it('is tried for ever, at most a minute apart, and later each time up to that', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (attempts) => {
        const { peer, settle, nextAt, resend } = begin();
        for (let n = 1; n <= attempts; n++) {
          expect(settle(unreachable)).toBe(false);
          const waitMs = (nextAt() ?? 0) - peer.now;
          const backoffMs = Math.min(60_000, 500 * 2 ** Math.min(n - 1, 10));
          expect(waitMs).toBeGreaterThanOrEqual(backoffMs / 2);
          expect(waitMs).toBeLessThanOrEqual(backoffMs);
          peer.now += waitMs;
          expect(resend()).toEqual(['call']);
        }
      }),
    );
  });

  it('ends with its last outcome when its time is up, and is tried once more at that moment', () => {
    const { peer, settle, nextAt, resend } = begin(700);
    expect(settle(unreachable)).toBe(false);
    peer.now = nextAt() ?? 0;
    resend();
    expect(settle(unreachable)).toBe(false);
    expect(nextAt()).toBe(peer.now + (700 - (peer.now - Date.UTC(2026, 0, 1))));
    peer.now = nextAt() ?? 0;
    expect(resend()).toEqual(['call']);
    expect(settle(unreachable)).toBe(true);
  });

  it('is hung up on and forgotten when it is withdrawn', () => {
    const { peer, id, pending, settle } = begin();
    peer.takeEffects();
    peer.run((ctx) => withdrawCall(ctx, id));
    expect(peer.takeEffects()).toEqual([{ kind: 'hang-up', callId: id }]);
    expect(pending()).toBe(false);
    expect(settle(answered)).toBe(false);
    peer.run((ctx) => withdrawCall(ctx, id));
    expect(peer.takeEffects()).toEqual([]);
  });
});

describe('a call that is made once', () => {
  it('is sent and forgotten', () => {
    const peer = testContext();
    const id = peer.run((ctx) => callOnce(ctx, call));
    expect(kinds(peer.takeEffects())).toEqual(['call']);
    expect(peer.run((ctx) => [isPending(ctx, id), nextResendAt(ctx)])).toEqual([false, undefined]);
  });
});
