import { describe, expect, it } from 'vitest';
import type { ListenState } from '../../main/bridge/client.ts';
import { type Surroundings, waitToReload } from './wait-to-reload.ts';

describe('a part of the screen that did not come', () => {
  /** Each pause is followed by the next state; the last one stays. */
  function around(states: readonly ListenState[], served: readonly boolean[], reloadedAt = 0) {
    const seen = { pauses: 0, asked: 0, reloads: [] as number[] };
    const settled = Promise.withResolvers<void>();
    const surroundings: Surroundings = {
      now: () => 1_000_000,
      pause: async () => {
        seen.pauses += 1;
        if (states[seen.pauses - 1] === 'refused') settled.resolve();
      },
      connection: () => states[Math.min(seen.pauses, states.length) - 1] ?? 'open',
      isServed: async () => served[seen.asked++] ?? true,
      reloadedAt: () => reloadedAt,
      reload: (at) => {
        seen.reloads.push(at);
        settled.resolve();
      },
    };
    return { surroundings, seen, settled: settled.promise };
  }

  it('is loaded with the window as soon as the peer answers and serves it', async () => {
    const { surroundings, seen, settled } = around(['lost', 'lost', 'open', 'open'], [false, true]);
    void waitToReload(new Error('gone'), surroundings);
    await settled;
    expect(seen).toEqual({ pauses: 4, asked: 2, reloads: [1_000_000] });
  });

  it('is left where the peer is of another start: the whole window says so', async () => {
    const { surroundings, seen, settled } = around(['lost', 'refused'], []);
    void waitToReload(new Error('gone'), surroundings);
    await settled;
    await new Promise(setImmediate);
    expect(seen).toEqual({ pauses: 2, asked: 0, reloads: [] });
  });

  it('fails where the window was loaded anew a moment ago', async () => {
    const { surroundings, seen } = around(['open'], [], 999_000);
    await expect(waitToReload(new Error('gone'), surroundings)).rejects.toThrow('gone');
    expect(seen.reloads).toEqual([]);
  });
});
