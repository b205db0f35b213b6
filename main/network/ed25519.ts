import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

/** Raw Ed25519 keys as Node's crypto takes them. */

export const publicKeyBytes = 32;
export const signatureBytes = 64;
/** The DER that stands before the raw key in PKCS #8 and SubjectPublicKeyInfo (RFC 8410). */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const publicKeyHead = Buffer.from('302a300506032b6570032100', 'hex');

/** Throws unless the seed has 32 bytes. */
export function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({
    key: Buffer.concat([privateKeyHead, seed]),
    format: 'der',
    type: 'pkcs8',
  });
}

/** Throws unless the key has 32 bytes. */
export function publicKeyObject(raw: Uint8Array): KeyObject {
  return createPublicKey({
    key: Buffer.concat([publicKeyHead, raw]),
    format: 'der',
    type: 'spki',
  });
}
