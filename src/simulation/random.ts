/**
 * Numbers from a seed, fast enough for millions of draws: the same seed gives the same numbers on every
 * machine. For worlds and demand only; nothing that must not be guessed comes from here.
 */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed | 0, 0x85ebca6b) ^ 0x9e3779b9;
  }

  /** From 0 up to, not including, 1, in steps of 2⁻³² (SplitMix32). */
  next(): number {
    this.#state = (this.#state + 0x9e3779b9) | 0;
    let z = this.#state ^ (this.#state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return ((z ^ (z >>> 15)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** True with this probability. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** The time until the next event of a Poisson process, in the unit of its mean. */
  waiting(mean: number): number {
    return -mean * Math.log(1 - this.next());
  }

  /** One of them, each as likely as the others; there MUST be one. */
  pick<const T>(of: readonly T[]): T {
    return of[this.below(of.length)] as T;
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let at = shuffled.length - 1; at > 0; at--) {
      const other = this.below(at + 1);
      const kept = shuffled[at] as T;
      shuffled[at] = shuffled[other] as T;
      shuffled[other] = kept;
    }
    return shuffled;
  }

  /** A source of its own: what is drawn from it changes nothing here. */
  fork(): Random {
    return new Random(this.below(0x1_0000_0000));
  }
}
