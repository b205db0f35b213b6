import { createHash, randomBytes } from 'node:crypto';
import type { Chance } from '../../src/kernel/index.ts';

/** The system's chance. */
export const systemChance: Chance = { bytes: (count) => new Uint8Array(randomBytes(count)) };

export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(bytes).digest());
}
