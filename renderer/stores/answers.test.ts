import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { BridgeClient } from '../../main/bridge/client.ts';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import { Answers, keyOf } from './answers.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const unreachable = problem('unreachable', 'The way was cut.');

/** A peer that answers in turn what it is given, and then the number of the question. */
function peerThatAnswers(...first: Result<never, Problem>[]) {
  const questions: unknown[] = [];
  const client: BridgeClient = {
    call: async (_method, input) => {
      questions.push(input);
      return first.shift() ?? ok(questions.length as never);
    },
    listen: async () => () => undefined,
    close: () => undefined,
  };
  return { questions, answers: new Answers(client) };
}

const statusKey = keyOf('peer.status', {});

it('asks a peer that did not answer again, for as long as somebody looks', async () => {
  const { questions, answers } = peerThatAnswers(fail(unreachable), fail(unreachable));
  const leave = answers.watch('peer.status', {});
  await vi.advanceTimersByTimeAsync(0);
  expect(answers.store.getState()[statusKey]).toEqual({ problem: unreachable, loading: false });
  await vi.advanceTimersByTimeAsync(2_500);
  expect(answers.store.getState()[statusKey]).toEqual({ data: 3, loading: false });
  leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions).toHaveLength(3);
});

it('asks in vain only while somebody looks', async () => {
  const { questions, answers } = peerThatAnswers(fail(unreachable), fail(unreachable));
  const leave = answers.watch('peer.status', {});
  await vi.advanceTimersByTimeAsync(0);
  leave();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions).toHaveLength(1);
});

it('takes a no for an answer', async () => {
  const { questions, answers } = peerThatAnswers(fail(problem('bad-request', 'No such search.')));
  answers.watch('peer.status', {});
  await vi.advanceTimersByTimeAsync(60_000);
  expect(questions).toHaveLength(1);
});

it('asks anew what an event touches, once for all that look, and not what nobody looks at', async () => {
  const { questions, answers } = peerThatAnswers();
  answers.watch('peer.status', {});
  answers.watch('peer.status', {});
  answers.watch('settings.get', {})();
  await vi.advanceTimersByTimeAsync(0);
  expect(questions).toHaveLength(2);
  answers.refresh();
  answers.refresh();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(questions).toHaveLength(3);
});

it('forgets what was left the longest time ago, and never what is looked at', async () => {
  const { answers } = peerThatAnswers();
  answers.watch('peer.status', {});
  for (let n = 0; n < 500; n += 1) {
    const leave = answers.watch('deals.list', { limit: n + 1 });
    await vi.advanceTimersByTimeAsync(0);
    leave();
  }
  const kept = Object.keys(answers.store.getState());
  expect(kept).toHaveLength(101);
  expect(kept).toContain(statusKey);
  expect(kept).toContain(keyOf('deals.list', { limit: 500 }));
  expect(kept).not.toContain(keyOf('deals.list', { limit: 400 }));
});

it('asks again only when the answer before is here: of two on their way the older might come last', async () => {
  const waiting: ((value: number) => void)[] = [];
  const client: BridgeClient = {
    call: async () => {
      const { promise, resolve } = Promise.withResolvers<number>();
      waiting.push(resolve);
      return ok((await promise) as never);
    },
    listen: async () => () => undefined,
    close: () => undefined,
  };
  const answers = new Answers(client);
  answers.watch('peer.status', {})();
  answers.watch('peer.status', {});
  expect(waiting).toHaveLength(1);
  waiting[0]?.(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(waiting).toHaveLength(2);
  waiting[1]?.(2);
  await vi.advanceTimersByTimeAsync(0);
  expect(answers.store.getState()[statusKey]).toEqual({ data: 2, loading: false });
});
