import { base58 } from '@scure/base';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPeerId, type PeerId, peerIdOf, publicKeyOf } from './peer-id.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** The did:key specification's Ed25519 examples, and the same as written by multidid. */
const known = [
  {
    id: 'z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp',
    key: hex('3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29'),
  },
  // RFC 8032 TEST 1, worked out by hand from the did:key rule
  {
    id: `z${base58.encode(hex('ed01d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'))}`,
    key: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
  },
] as const;

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('A peer id', () => {
  for (const { id, key } of known) {
    it(`is the did:key text of its public key: ${id}`, () => {
      expect(peerIdOf(key)).toBe(id);
      expect(publicKeyOf(id as PeerId)).toEqual(key);
      expect(isPeerId(id)).toBe(true);
    });
  }

  it('has 48 characters, begins with z6Mk and gives its key back, for every key', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const id = peerIdOf(key);
        expect(id).toHaveLength(48);
        expect(id.startsWith('z6Mk')).toBe(true);
        expect(isPeerId(id)).toBe(true);
        expect(publicKeyOf(id)).toEqual(key);
      }),
    );
  });

  it('is the only text of its key: what is accepted is what would be written', () => {
    const alphabet = [...'123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'];
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...alphabet), minLength: 44, maxLength: 44 }),
        (tail) => {
          const text = `z6Mk${tail}`;
          expect(!isPeerId(text) || peerIdOf(publicKeyOf(text)) === text).toBe(true);
        },
      ),
    );
  });

  it('is refused with another prefix, length, alphabet or key type', () => {
    const good = peerIdOf(new Uint8Array(32).fill(7));
    const x25519 = `z${base58.encode(Uint8Array.of(0xec, 0x01, ...new Uint8Array(32)))}`;
    const bad = [
      '',
      'z',
      'z6Mk',
      good.slice(0, -1),
      `${good}1`,
      ` ${good}`,
      `${good}\n`,
      `Z${good.slice(1)}`,
      good.replace(/.$/, '0'),
      good.replace(/.$/, 'l'),
      `did:key:${good}`,
      x25519,
    ];
    for (const text of bad) {
      expect(isPeerId(text)).toBe(false);
      expect(() => publicKeyOf(text as PeerId)).toThrow(RangeError);
    }
  });

  it('is refused for whatever else, without throwing', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isPeerId(text)));
  });

  it('is not made from a key of another length', () => {
    for (const length of [0, 31, 33, 64]) {
      expect(() => peerIdOf(new Uint8Array(length))).toThrow(RangeError);
    }
  });
});
