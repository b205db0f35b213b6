import type { Clock } from './clock.ts';

/** Limited transfers move in slices, so that many of them share even a low rate without long silences. */
const sliceSeconds = 1 / 16;
const sliceBytesMin = 1024;
const sliceBytesMax = 32 * 1024;
/** What may pass at once after a pause: a quarter of a second's worth. */
const burstSeconds = 0.25;

/**
 * A token bucket that all transfers of one direction share. Whoever takes waits its turn; in the long
 * run no more than the rate passes. No rate means no limit. It may be changed while transfers run.
 */
export class RateLimit {
  readonly #clock: Clock;
  #bytesPerSecond: number | undefined;
  #balanceBytes = 0;
  #refilledAt: number;
  #lastTurn: Promise<void> = Promise.resolve();
  #changed = new AbortController();

  /** `bytesPerSecond` undefined: no limit. */
  constructor(clock: Clock, bytesPerSecond?: number) {
    this.#clock = clock;
    this.#refilledAt = clock.now();
    this.#bytesPerSecond = checkedRate(bytesPerSecond);
  }

  get bytesPerSecond(): number | undefined {
    return this.#bytesPerSecond;
  }

  /** Takes effect at once, also for those who wait. Throws a RangeError unless positive or undefined. */
  setRate(bytesPerSecond: number | undefined): void {
    this.#refill();
    this.#bytesPerSecond = checkedRate(bytesPerSecond);
    this.#balanceBytes = Math.min(this.#balanceBytes, this.#capacityBytes());
    this.#changed.abort();
    this.#changed = new AbortController();
  }

  /** How many bytes to take at a time: all that there are, where nothing limits. */
  get sliceBytes(): number {
    if (this.#bytesPerSecond === undefined) return Number.POSITIVE_INFINITY;
    const share = Math.floor(this.#bytesPerSecond * sliceSeconds);
    return Math.min(sliceBytesMax, Math.max(sliceBytesMin, share));
  }

  /** Resolves when `bytes` may pass; rejects with the signal's reason when it is aborted first. */
  async take(bytes: number, signal?: AbortSignal): Promise<void> {
    if (this.#bytesPerSecond === undefined) return;
    const before = this.#lastTurn;
    const turn = Promise.withResolvers<void>();
    this.#lastTurn = turn.promise;
    try {
      await before;
      await this.#takeInTurn(bytes, signal);
    } finally {
      turn.resolve();
    }
  }

  async #takeInTurn(bytes: number, signal: AbortSignal | undefined): Promise<void> {
    for (;;) {
      signal?.throwIfAborted();
      this.#refill();
      if (this.#bytesPerSecond === undefined) return;
      if (this.#balanceBytes >= 0) break;
      const waitMs = Math.ceil((-this.#balanceBytes / this.#bytesPerSecond) * 1000);
      const signals = signal ? [signal, this.#changed.signal] : [this.#changed.signal];
      await this.#clock.wait(waitMs, AbortSignal.any(signals));
    }
    this.#balanceBytes -= bytes;
  }

  #refill(): void {
    const now = this.#clock.now();
    const passedSeconds = Math.max(0, now - this.#refilledAt) / 1000;
    this.#refilledAt = now;
    if (this.#bytesPerSecond === undefined) return;
    this.#balanceBytes = Math.min(
      this.#balanceBytes + passedSeconds * this.#bytesPerSecond,
      this.#capacityBytes(),
    );
  }

  #capacityBytes(): number {
    return this.#bytesPerSecond === undefined ? 0 : this.#bytesPerSecond * burstSeconds;
  }
}

function checkedRate(bytesPerSecond: number | undefined): number | undefined {
  if (bytesPerSecond !== undefined && !(bytesPerSecond > 0)) {
    throw new RangeError(`A rate is a positive number of bytes a second, not ${bytesPerSecond}.`);
  }
  return bytesPerSecond;
}
