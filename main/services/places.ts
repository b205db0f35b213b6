import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';

/** An answer holds two pieces in memory: these bound what all of them hold (protocol 9). */
const uploadsMax = 64;
/** A buyer that comes back may find its broken connection still open; more is of no use to it. */
const uploadsPerKeyMax = 2;

/** The places at which documents are handed out: a few for each access key, so many in all. */
export class Places {
  readonly #takenByKey = new Map<string, number>();
  #taken = 0;

  /** `rate-limited` or `unavailable` where no place is free. What was taken MUST be left again. */
  take(accessKey: string): Result<void, Problem> {
    const ofKey = this.#takenByKey.get(accessKey) ?? 0;
    if (ofKey >= uploadsPerKeyMax) {
      const detail = `${ofKey} retrievals are running with this access key.`;
      return fail(problem('rate-limited', detail, { retryAfterMs: 5_000 }));
    }
    if (this.#taken >= uploadsMax) {
      return fail(problem('unavailable', 'All places are taken. Try again in a while.'));
    }
    this.#takenByKey.set(accessKey, ofKey + 1);
    this.#taken++;
    return ok(undefined);
  }

  leave(accessKey: string): void {
    const left = (this.#takenByKey.get(accessKey) ?? 0) - 1;
    if (left < 0) throw new Error('A place was left that nobody had taken.');
    if (left === 0) this.#takenByKey.delete(accessKey);
    else this.#takenByKey.set(accessKey, left);
    this.#taken--;
  }
}
