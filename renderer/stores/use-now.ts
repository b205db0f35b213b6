import { useCallback, useSyncExternalStore } from 'react';

/** A clock that everybody shares who looks at it as often: a long list would else have one for each row. */
class Clock {
  #now = Date.now();
  readonly #everyMs: number;
  readonly #watchers = new Set<() => void>();
  #timer: number | undefined;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  /** The same between two ticks; as long as nobody watches there are none. */
  get now(): number {
    const unwatched = this.#watchers.size === 0;
    if (unwatched && Date.now() - this.#now >= this.#everyMs) this.#now = Date.now();
    return this.#now;
  }

  watch(told: () => void): () => void {
    if (this.#watchers.size === 0) {
      this.#timer = window.setInterval(() => this.#tick(), this.#everyMs);
    }
    this.#watchers.add(told);
    return () => {
      this.#watchers.delete(told);
      if (this.#watchers.size === 0) window.clearInterval(this.#timer);
    };
  }

  #tick(): void {
    this.#now = Date.now();
    for (const told of this.#watchers) told();
  }
}

const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const clock = clocks.get(everyMs) ?? new Clock(everyMs);
  clocks.set(everyMs, clock);
  return clock;
}

/** The time, told again every `everyMs` milliseconds while the component is on the screen. */
export function useNow(everyMs = 1_000): number {
  const clock = clockOf(everyMs);
  const watch = useCallback((told: () => void) => clock.watch(told), [clock]);
  return useSyncExternalStore(watch, () => clock.now);
}
