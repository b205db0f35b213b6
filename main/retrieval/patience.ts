import { SoukError } from '../../src/problem.ts';
import type { Milliseconds } from '../../src/time.ts';
import type { Clock } from './clock.ts';
import type { RateLimit } from './rate-limit.ts';
import type { Slots } from './slots.ts';

const lookEveryMs = 1_000;
/** Who sends less, where others wait, makes room for them. */
const bytesPerSecondMin = 4 * 1024;
/** A network may pause for so long. */
const patienceMsMin = 30_000;

export interface PatienceParts {
  readonly clock: Clock;
  readonly slots: Pick<Slots, 'taken' | 'wanted'>;
  readonly limit: Pick<RateLimit, 'bytesPerSecond'>;
  /** When nobody wants the document any more, where that is known. */
  readonly deadline: Milliseconds | undefined;
}

/**
 * How long one attempt may hold its slot: where others wait for it, only while whole pieces come at 4 KiB a second.
 * A peer that sends a byte now and then would keep it for ever. What this peer's own limit holds back counts for
 * nothing.
 */
export class Patience {
  readonly #parts: PatienceParts;
  readonly #over = new AbortController();
  readonly #stopLooking: () => void;
  #since: Milliseconds;
  #expectedBytes = 0;

  constructor(parts: PatienceParts) {
    this.#parts = parts;
    this.#since = parts.clock.now();
    this.#stopLooking = parts.clock.every(lookEveryMs, () => this.#look());
  }

  /** Aborted, with a SoukError that says why, when it is at an end. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** All that was waited for is here; so many bytes are to come next. */
  expect(bytes: number): void {
    this.#since = this.#parts.clock.now();
    this.#expectedBytes = bytes;
  }

  /** MUST be called when the attempt has ended. */
  end(): void {
    this.#stopLooking();
  }

  #look(): void {
    const { clock, slots, deadline } = this.#parts;
    const now = clock.now();
    if (deadline !== undefined && now >= deadline) {
      this.#over.abort(new SoukError('unreachable', 'The document did not come in time.'));
    } else if (slots.wanted && now - this.#since > this.#patienceMs()) {
      const why = 'It comes too slowly while other documents wait.';
      this.#over.abort(new SoukError('unavailable', why));
    }
  }

  #patienceMs(): Milliseconds {
    const { slots, limit } = this.#parts;
    const own = limit.bytesPerSecond;
    const shared = own === undefined ? 0 : slots.taken / own;
    const seconds = this.#expectedBytes * (1 / bytesPerSecondMin + shared);
    return Math.max(patienceMsMin, seconds * 1_000);
  }
}
