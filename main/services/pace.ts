/** A pause of a network is no slowness: so long a caller is waited for before it is judged. */
const windowMs = 60_000;

/**
 * How fast a caller takes what it is sent. Only the time counts in which it was waited for, not that in which this
 * program read, or kept to its own limit; and only the latest, so that nothing is saved up.
 */
export class Pace {
  readonly #now: () => number;
  #bytes = 0;
  #waitedMs = 0;
  #since: number | undefined;
  #before: number | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Bytes were handed over; the caller is waited for until `took`. */
  waits(): void {
    this.#since = this.#now();
  }

  took(bytes: number): void {
    this.#waitedMs += this.#pendingMs();
    this.#since = undefined;
    this.#bytes += bytes;
    if (this.#waitedMs < windowMs) return;
    this.#before = this.#rate(this.#waitedMs);
    this.#waitedMs = 0;
    this.#bytes = 0;
  }

  /** Over the latest minute of waiting; undefined where it was not waited for so long yet. */
  get bytesPerSecond(): number | undefined {
    const waitedMs = this.#waitedMs + this.#pendingMs();
    return waitedMs >= windowMs ? this.#rate(waitedMs) : this.#before;
  }

  #rate(waitedMs: number): number {
    return (this.#bytes * 1_000) / waitedMs;
  }

  #pendingMs(): number {
    return this.#since === undefined ? 0 : this.#now() - this.#since;
  }
}
