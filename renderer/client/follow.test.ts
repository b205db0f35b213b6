import { afterEach, describe, expect, it, vi } from 'vitest';
import type { BridgeClient, ListenState } from '../../main/bridge/client.ts';
import { SoukError } from '../../src/problem.ts';
import { follow } from './follow.ts';

afterEach(() => vi.useRealTimers());

describe('following a peer', () => {
  function clientThat(...answers: readonly ('answers' | 'is away' | 'refuses')[]) {
    let asked = 0;
    const client: Pick<BridgeClient, 'listen'> = {
      listen: async (_frame, onState) => {
        const answer = answers[asked++];
        if (answer === 'is away') throw new SoukError('unreachable', 'It is away.');
        if (answer === 'refuses') throw new SoukError('unauthorized', 'Another start.');
        onState?.('open');
        return () => {};
      },
    };
    return { client: client as BridgeClient, asked: () => asked };
  }

  it('waits for a peer that does not answer yet, and listens once', async () => {
    vi.useFakeTimers();
    const { client, asked } = clientThat('is away', 'is away', 'answers');
    const states: ListenState[] = [];
    const following = follow(
      client,
      () => {},
      (state) => states.push(state),
    );
    await vi.runAllTimersAsync();
    await following;
    expect(states).toEqual(['lost', 'lost', 'open']);
    expect(asked()).toBe(3);
  });

  it('gives up where the peer is another start, which has another key', async () => {
    vi.useFakeTimers();
    const { client, asked } = clientThat('is away', 'refuses');
    const states: ListenState[] = [];
    const following = follow(
      client,
      () => {},
      (state) => states.push(state),
    );
    await vi.runAllTimersAsync();
    await following;
    expect(states).toEqual(['lost', 'refused']);
    expect(asked()).toBe(2);
  });
});
