import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { Pace } from './pace.ts';

/** An answer holds two pieces in memory: these bound what all of them hold (protocol 10). */
const uploadsMax = 64;
/** A buyer that comes back may find its broken connection still open; more is of no use to it. */
const uploadsPerKeyMax = 2;
/** Who takes less, where others wait for a place, loses its own: 64 kbit/s, a line of the last century. */
const bytesPerSecondMin = 8 * 1024;

/** One answer under way, and how it is ended where its place is needed. */
export interface Place {
  readonly accessKey: string;
  readonly pace: Pace;
  cut(): void;
}

/**
 * The places at which documents are handed out: a few for each access key, so many in all. Where all are taken,
 * the slowest caller below 8 KiB a second makes room; it may come back, and go on where it was.
 */
export class Places {
  readonly #placesMax: number;
  readonly #taken = new Set<Place>();

  constructor(placesMax = uploadsMax) {
    this.#placesMax = placesMax;
  }

  /** `rate-limited` or `unavailable` where no place is free. What was taken MUST be left again. */
  take(place: Place): Result<void, Problem> {
    const ofKey = [...this.#taken].filter(({ accessKey }) => accessKey === place.accessKey).length;
    if (ofKey >= uploadsPerKeyMax) {
      const detail = `${ofKey} retrievals are running with this access key.`;
      return fail(problem('rate-limited', detail, { retryAfterMs: 5_000 }));
    }
    if (this.#taken.size >= this.#placesMax) {
      const slowest = this.#slowest();
      if (!slowest)
        return fail(problem('unavailable', 'All places are taken. Try again in a while.'));
      this.#taken.delete(slowest);
      slowest.cut();
    }
    this.#taken.add(place);
    return ok(undefined);
  }

  leave(place: Place): void {
    this.#taken.delete(place);
  }

  #slowest(): Place | undefined {
    const rateOf = ({ pace }: Place) => pace.bytesPerSecond ?? Number.POSITIVE_INFINITY;
    const [slowest] = [...this.#taken].toSorted((a, b) => rateOf(a) - rateOf(b));
    return slowest && rateOf(slowest) < bytesPerSecondMin ? slowest : undefined;
  }
}
