import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { fingerprintList, fingerprintWords } from './fingerprint.ts';
import type { PeerId } from './peer-id.ts';

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const alice = 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp' as PeerId;
const bob = 'z6Mkuj7AihFTW9yZNDVGtYHRVxZrzaigZv5XJ3FDr1wBhoPf' as PeerId;

describe('the words for a key', () => {
  it('are one for each value of a byte, told apart by their first four letters', () => {
    expect(fingerprintList).toHaveLength(256);
    expect(new Set(fingerprintList.map((word) => word.slice(0, 4))).size).toBe(256);
    for (const word of fingerprintList) expect(word).toMatch(/^[a-z]{4,10}$/);
  });

  it('are the words of the first eight bytes of the digest, the same for ever', () => {
    const digest = sha256(new TextEncoder().encode(alice));
    const words = fingerprintWords(alice, sha256);
    expect(words).toEqual([...digest.subarray(0, 8)].map((byte) => fingerprintList[byte]));
    expect(words.join(' ')).toBe('kitchen cupboard zigzag drummer heron nickel drummer donkey');
  });

  it('are others for another key', () => {
    expect(fingerprintWords(bob, sha256)).not.toEqual(fingerprintWords(alice, sha256));
  });
});
