import * as fc from 'fast-check';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import { type PeerId, peerIdOf, publicKeyOf } from '../../src/identity/index.ts';
import { rfc8032, signerSuite, strictVerifierSuite } from '../../src/identity/signer.suite.ts';
import { keyPairOfSeed, makeKeyPair, NodeSigner, NodeVerifier } from './key-pair.ts';

const node = {
  signer: (seed: Uint8Array) => new NodeSigner(keyPairOfSeed(seed)),
  verifier: () => new NodeVerifier(),
};
signerSuite('node:crypto', node);
strictVerifierSuite('node:crypto', node);

const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const messages = fc.uint8Array({ maxLength: 300 });

describe('A key pair', () => {
  it('is another one each time', () => {
    expect(makeKeyPair().peerId).not.toBe(makeKeyPair().peerId);
  });

  it('is made by its seed alone', () => {
    const [{ seed, publicKey }] = rfc8032;
    expect(keyPairOfSeed(seed).peerId).toBe(peerIdOf(publicKey));
    expect(() => keyPairOfSeed(new Uint8Array(31))).toThrow();
  });

  it('does not change when the bytes it was made from do', () => {
    const seed = Uint8Array.from(rfc8032[0].seed);
    const keyPair = keyPairOfSeed(seed);
    seed.fill(0);
    expect(keyPair.seed).toEqual(rfc8032[0].seed);
  });
});

describe('node:crypto and tweetnacl', () => {
  it('make the same signatures, byte for byte, and accept those of each other', () => {
    fc.assert(
      fc.property(seeds, messages, (seed, message) => {
        const signer = new NodeSigner(keyPairOfSeed(seed));
        const signature = Uint8Array.from(signer.sign(message));
        const { secretKey, publicKey } = nacl.sign.keyPair.fromSeed(seed);
        expect(signature).toEqual(nacl.sign.detached(message, secretKey));
        expect(nacl.sign.detached.verify(message, signature, publicKey)).toBe(true);
        expect(new NodeVerifier().verify(signer.peerId, message, signature)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('agree in the thread pool, too', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, messages, async (seed, message) => {
        const signer = new NodeSigner(keyPairOfSeed(seed));
        const verifier = new NodeVerifier();
        const signature = await signer.signAsync(message);
        expect(signature).toEqual(signer.sign(message));
        expect(await verifier.verifyAsync(signer.peerId, message, signature)).toBe(true);
        const changed = Uint8Array.of(...message, 1);
        expect(await verifier.verifyAsync(signer.peerId, changed, signature)).toBe(false);
        expect(await verifier.verifyAsync('no peer' as PeerId, message, signature)).toBe(false);
        const short = signature.subarray(1);
        expect(await verifier.verifyAsync(signer.peerId, message, short)).toBe(false);
      }),
      { numRuns: 20 },
    );
  });
});

describe('The verifier', () => {
  it('never throws and accepts no arbitrary signature, whatever the key', async () => {
    const verifier = new NodeVerifier();
    const signatures = fc.uint8Array({ minLength: 64, maxLength: 64 });
    const keys = fc.uint8Array({ minLength: 32, maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(keys, messages, signatures, async (key, message, signature) => {
        const peerId = peerIdOf(key);
        expect(publicKeyOf(peerId)).toEqual(key);
        expect(verifier.verify(peerId, message, signature)).toBe(false);
        expect(await verifier.verifyAsync(peerId, message, signature)).toBe(false);
      }),
    );
  });
});
