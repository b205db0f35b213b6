import { base64urlnopad } from '@scure/base';
import type { DealId } from '../protocol/index.ts';

/** The chance port. `bytes(n)` MUST be unpredictable in the app; a seeded source in the simulator. */
export interface Chance {
  bytes(count: number): Uint8Array;
}

/** 16 random bytes, base64url: statement ids, solicitation ids, request ids. */
export function newId(chance: Chance): string {
  return base64urlnopad.encode(chance.bytes(16));
}

export function newDealId(chance: Chance): DealId {
  return newId(chance) as DealId;
}

/** A share from 0 to 1, both within. */
export function drawShare(chance: Chance): number {
  const [high = 0, low = 0] = chance.bytes(2);
  return (high * 256 + low) / 0xffff;
}

/** 32 random bytes, base64url: access keys. */
export function newKey(chance: Chance): string {
  return base64urlnopad.encode(chance.bytes(32));
}
