import { describe, expect, it } from 'vitest';
import type { PeerId } from '../../src/identity/index.ts';
import type { Call } from '../../src/kernel/index.ts';
import { type Problem, SoukError } from '../../src/problem.ts';
import { Calls } from './calls.ts';
import { Exchanges } from './exchanges.ts';

const from = 'z6MkcallerForTests' as PeerId;

/** An engine whose transactions fail in this way. */
const failing = (error: unknown) => ({
  input: (_input: unknown, failed: (error: unknown) => void = () => undefined) => failed(error),
});

describe('a request whose transaction failed', () => {
  function ask(error: unknown) {
    const refusals: Problem[] = [];
    const faults: unknown[] = [];
    const exchanges = new Exchanges(
      () => true,
      (fault) => faults.push(fault),
    );
    exchanges.attach(failing(error));
    exchanges.handle(
      from,
      { route: 'terms', input: {} },
      {
        reply: () => undefined,
        refuse: (problem) => refusals.push(problem),
        line: () => undefined,
        whenHungUp: () => undefined,
      },
    );
    return [refusals.map(({ code }) => code), faults.length];
  }

  it('is refused by name where its sums leave the range of amounts, and is no fault', () => {
    expect(ask(new SoukError('amount-out-of-range', 'Too much.'))).toEqual([
      ['amount-out-of-range'],
      0,
    ]);
  });

  it('may come again where the disk was full, and is a mistake of this program otherwise', () => {
    expect(ask(new SoukError('disk-full', 'Full.'))).toEqual([['unavailable'], 1]);
    expect(ask(new Error('No.'))).toEqual([['internal'], 1]);
  });
});

describe('an answer that could not be taken in', () => {
  const call = { id: '1', purpose: { kind: 'terms', peer: from } } as Call;

  async function take(error: unknown): Promise<number> {
    const faults: unknown[] = [];
    const outcome = { kind: 'answered', status: 200, body: {} } as const;
    const ended = Promise.withResolvers<void>();
    const calls = new Calls({ call: async () => outcome }, (fault) => faults.push(fault));
    const engine = failing(error);
    calls.begin(call, {
      input: (...all) => {
        engine.input(...all);
        ended.resolve();
      },
    });
    await ended.promise;
    return faults.length;
  }

  it('is told of, unless the peer has stopped', async () => {
    expect(await take(new Error('No.'))).toBe(1);
    expect(await take(new SoukError('unavailable', 'The peer has stopped.'))).toBe(0);
  });
});
