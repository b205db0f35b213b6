import type { Milliseconds } from '../../src/time.ts';

/** Time as transfers see it: asked for, and waited for. Tests bring their own. */
export interface Clock {
  now(): Milliseconds;
  /** Resolves after `waitMs`, or as soon as the signal is aborted. MUST NOT reject. */
  wait(waitMs: Milliseconds, signal?: AbortSignal): Promise<void>;
  /** Calls `notice` every so often until the function it gives back is called. Keeps no program alive. */
  every(periodMs: Milliseconds, notice: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.timeOrigin + performance.now(),
  wait: (waitMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, waitMs);
      signal?.addEventListener('abort', finish);
    }),
  every: (periodMs, notice) => {
    const timer = setInterval(notice, periodMs).unref();
    return () => clearInterval(timer);
  },
};
