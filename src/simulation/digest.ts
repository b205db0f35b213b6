/**
 * A running digest of 64 bits (two lanes of FNV-1a, stirred against each other): runs that differ anywhere
 * end with different digests. It tells runs apart; it proves nothing to anybody who wants to deceive.
 */
export class Digest {
  #low = 0x811c9dc5;
  #high = 0xcbf29ce4;

  number(value: number): this {
    const low = value | 0;
    this.#stir(low);
    this.#stir(Math.floor((value - (low >>> 0)) / 0x1_0000_0000) | 0);
    return this;
  }

  text(value: string): this {
    for (let at = 0; at < value.length; at++) this.#stir(value.charCodeAt(at));
    this.#stir(value.length);
    return this;
  }

  /** 16 hexadecimal digits, of all that was taken in so far. */
  toString(): string {
    const hex = (lane: number) => (lane >>> 0).toString(16).padStart(8, '0');
    return hex(this.#high) + hex(this.#low);
  }

  #stir(word: number): void {
    this.#low = Math.imul(this.#low ^ word, 0x01000193);
    this.#high = Math.imul(this.#high ^ word ^ (this.#low >>> 15), 0x85ebca6b);
    this.#high ^= this.#high >>> 13;
  }
}

/** 32 bytes that tell inputs apart: what stands in for SHA-256 in a world. */
export function standInHash(bytes: Uint8Array): Uint8Array {
  const hash = new Uint8Array(32);
  const view = new DataView(hash.buffer);
  const lanes = [0x811c9dc5, 0x9747b28c, 0x3c6ef372, 0xa54ff53a];
  for (let at = 0; at < bytes.length; at++) {
    for (let lane = 0; lane < 4; lane++) {
      const mixed = (lanes[lane] as number) ^ (bytes[at] as number) ^ (at << 8);
      lanes[lane] = Math.imul(mixed, 0x01000193 + 2 * lane) ^ (mixed >>> 15);
    }
  }
  for (let word = 0; word < 8; word++) {
    const sum = (lanes[word % 4] as number) ^ Math.imul(lanes[(word + 1) % 4] as number, word + 3);
    view.setUint32(4 * word, stirred(sum + bytes.length + word));
  }
  return hash;
}

/** A whole number from 0 to 2^32 − 1 in which every bit hangs on every bit of another. */
export function stirred(value: number): number {
  let z = (value + 0x9e3779b9) | 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
  return (z ^ (z >>> 15)) >>> 0;
}
