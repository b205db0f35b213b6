import { createHash, randomFillSync } from 'node:crypto';
import type { Chance } from '../../src/kernel/index.ts';

/** Fetched at once: the system takes as long for sixteen bytes as for some thousand. */
const store = new Uint8Array(4096);
let left = 0;

/** The system's chance. What was given out is not kept. */
export const systemChance: Chance = {
  bytes: (count) => {
    if (count > store.length) return randomFillSync(new Uint8Array(count));
    if (count > left) {
      randomFillSync(store);
      left = store.length;
    }
    left -= count;
    const given = store.slice(left, left + count);
    store.fill(0, left, left + count);
    return given;
  },
};

/** The 32 bytes of SHA-256. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
