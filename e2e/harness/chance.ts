import { seededChance } from '../../src/kernel/test-context.ts';

/** Numbers from a seed: what a test decides by chance. The processes take their own time all the same. */
export class TestChance {
  readonly seed: number;
  readonly #bytes: ReturnType<typeof seededChance>;

  constructor(seed: number) {
    this.seed = seed;
    this.#bytes = seededChance(seed);
  }

  /** A whole number from 0 to below `end`, at most 2^24. */
  below(end: number): number {
    const [a = 0, b = 0, c = 0] = this.#bytes.bytes(3);
    return (a * 65_536 + b * 256 + c) % end;
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.below(from.length)];
    if (picked === undefined) throw new Error('There is nothing to pick from.');
    return picked;
  }
}

/** The seed of the environment, to go through a failure again, or a new one. */
export function testSeed(): number {
  return Number(process.env['SOUK_SEED'] ?? Math.floor(Math.random() * 2 ** 24));
}
