import type { Chance } from '../kernel/index.ts';
import { stirred } from './digest.ts';

/**
 * The chance of one peer of a world: its bytes hang on the world's seed, the peer and how many were drawn,
 * so that it needs no more memory than a count, and no two peers draw the same.
 */
export class PeerChance implements Chance {
  readonly #seed: number;
  readonly #peer: number;
  #drawn = 0;

  constructor(seed: number, peer: number) {
    this.#seed = seed | 0;
    this.#peer = peer;
  }

  bytes(count: number): Uint8Array {
    const bytes = new Uint8Array(count);
    for (let at = 0; at < count; at += 8) {
      this.#drawn += 1;
      // Two words that no other pair of peer and count gives.
      const one = stirred(Math.imul(this.#peer, 0x9e3779b1) + stirred(this.#drawn + this.#seed));
      const other = stirred(Math.imul(this.#drawn, 0x85ebca77) ^ stirred(this.#peer ^ ~this.#seed));
      for (let byte = 0; byte < 4; byte++) {
        if (at + byte < count) bytes[at + byte] = one >>> (8 * byte);
        if (at + 4 + byte < count) bytes[at + 4 + byte] = other >>> (8 * byte);
      }
    }
    return bytes;
  }
}
