import { createHash } from 'node:crypto';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { type PeerId, peerIdOf, publicKeyOf } from './peer-id.ts';
import type { Signer, Verifier } from './statement.ts';

/** What a signer and a verifier under test are made from: the 32 secret bytes of RFC 8032. */
export interface SignerUnderTest {
  signer(seed: Uint8Array): Signer;
  verifier(): Verifier;
}

/** The reference: tweetnacl, slow and small. */
export const naclSigner: SignerUnderTest = {
  signer(seed) {
    const { publicKey, secretKey } = nacl.sign.keyPair.fromSeed(seed);
    return {
      peerId: peerIdOf(publicKey),
      sign: (message) => nacl.sign.detached(message, secretKey),
    };
  },
  verifier() {
    return {
      verify: (signer, message, signature) =>
        signature.length === nacl.sign.signatureLength &&
        nacl.sign.detached.verify(message, signature, publicKeyOf(signer)),
    };
  },
};

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));

/** RFC 8032, 7.1: TEST 1, 2, 3 and SHA(abc). */
export const rfc8032 = [
  {
    name: 'TEST 1',
    seed: hex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'),
    publicKey: hex('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'),
    message: hex(''),
    signature: hex(
      'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
    ),
  },
  {
    name: 'TEST 2',
    seed: hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
    publicKey: hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'),
    message: hex('72'),
    signature: hex(
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    ),
  },
  {
    name: 'TEST 3',
    seed: hex('c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7'),
    publicKey: hex('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'),
    message: hex('af82'),
    signature: hex(
      '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
    ),
  },
  {
    name: 'TEST SHA(abc)',
    seed: hex('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42'),
    publicKey: hex('ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf'),
    message: Uint8Array.from(createHash('sha512').update('abc').digest()),
    signature: hex(
      'dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704',
    ),
  },
] as const;

/** The order of the base point, little-endian: s and s + L would be two signatures of one message. */
const order = hex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');

function plusOrder(signature: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(signature);
  let carry = 0;
  for (let index = 0; index < 32; index += 1) {
    const sum = signature[32 + index]! + order[index]! + carry;
    changed[32 + index] = sum & 0xff;
    carry = sum >> 8;
  }
  return changed;
}

/** What every implementation of the signer and verifier ports promises. */
export function signerSuite(name: string, under: SignerUnderTest): void {
  describe(`${name} as signer and verifier`, () => {
    for (const vector of rfc8032) {
      it(`makes and accepts the signature of RFC 8032 ${vector.name}`, () => {
        const signer = under.signer(vector.seed);
        expect(signer.peerId).toBe(peerIdOf(vector.publicKey));
        expect(Buffer.from(signer.sign(vector.message))).toEqual(Buffer.from(vector.signature));
        expect(under.verifier().verify(signer.peerId, vector.message, vector.signature)).toBe(true);
      });
    }

    const [, { seed, message, signature }] = rfc8032;
    const peerId = peerIdOf(rfc8032[1].publicKey);

    it('refuses the signature after any bit of it changed', () => {
      const verifier = under.verifier();
      for (let bit = 0; bit < 512; bit += 37) {
        const changed = Uint8Array.from(signature);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(verifier.verify(peerId, message, changed)).toBe(false);
      }
    });

    it('refuses the signature under another message or another key', () => {
      const verifier = under.verifier();
      expect(verifier.verify(peerId, hex('73'), signature)).toBe(false);
      expect(verifier.verify(peerIdOf(rfc8032[0].publicKey), message, signature)).toBe(false);
    });

    it('refuses signatures that do not have 64 bytes, without throwing', () => {
      const verifier = under.verifier();
      for (const length of [0, 1, 63]) {
        expect(verifier.verify(peerId, message, signature.subarray(0, length))).toBe(false);
      }
      expect(verifier.verify(peerId, message, Uint8Array.of(...signature, 0))).toBe(false);
    });

    it('signs the same bytes with the same signature every time', () => {
      const signer = under.signer(seed);
      expect(signer.sign(message)).toEqual(signer.sign(message));
    });
  });
}

/** Signers that are used where money is at stake refuse a second form of one signature, too. */
export function strictVerifierSuite(name: string, under: SignerUnderTest): void {
  describe(`${name} as a strict verifier`, () => {
    it('refuses the same signature with the order of the group added to s', () => {
      const [, { publicKey, message, signature }] = rfc8032;
      const verifier = under.verifier();
      expect(verifier.verify(peerIdOf(publicKey), message, plusOrder(signature))).toBe(false);
    });

    it('says no, and does not throw, for a text that is no peer id', () => {
      const [, { message, signature }] = rfc8032;
      expect(under.verifier().verify('z6Mk' as PeerId, message, signature)).toBe(false);
      expect(under.verifier().verify('' as PeerId, message, signature)).toBe(false);
    });
  });
}
