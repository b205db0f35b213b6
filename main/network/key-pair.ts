import { type KeyObject, sign as signBytes, verify as verifyBytes } from 'node:crypto';
import nacl from 'tweetnacl';
import {
  type PeerId,
  peerIdOf,
  publicKeyOf,
  type Signer,
  type Verifier,
} from '../../src/identity/index.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { privateKeyOf, publicKeyObject, signatureBytes } from './ed25519.ts';

/** A peer's Ed25519 key: the 32 secret bytes and the peer id that they make (protocol 1). */
export interface KeyPair {
  readonly peerId: PeerId;
  readonly seed: Uint8Array;
}

export const seedBytes = 32;
const publicKeysKept = 4096;

/** A new key from the system's chance. */
export function makeKeyPair(): KeyPair {
  return keyPairOfSeed(nacl.randomBytes(seedBytes));
}

/** The key that 32 secret bytes make. Throws on another length. */
export function keyPairOfSeed(seed: Uint8Array): KeyPair {
  const { publicKey } = nacl.sign.keyPair.fromSeed(seed);
  return { seed: Uint8Array.from(seed), peerId: peerIdOf(publicKey) };
}

/** Signs with a key pair; `node:crypto` makes the same bytes as tweetnacl, a hundred times faster. */
export class NodeSigner implements Signer {
  readonly peerId: PeerId;
  readonly #key: KeyObject;

  constructor(keyPair: KeyPair) {
    this.peerId = keyPair.peerId;
    this.#key = privateKeyOf(keyPair.seed);
  }

  /** For a thread of this program that signs in this one's place. */
  get key(): KeyObject {
    return this.#key;
  }

  sign(message: Uint8Array): Uint8Array {
    return signBytes(null, message, this.#key);
  }

  /** The same signature, made in libuv's thread pool. */
  signAsync(message: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      signBytes(null, message, this.#key, (error, signature) =>
        error ? reject(error) : resolve(signature),
      );
    });
  }
}

/** Checks signatures of peers; keeps the parsed keys of the peers heard last. Never throws. */
export class NodeVerifier implements Verifier {
  readonly #keys = new BoundedCache<PeerId, KeyObject>(publicKeysKept);

  verify(signer: PeerId, message: Uint8Array, signature: Uint8Array): boolean {
    const key = this.#keyOf(signer);
    if (key === undefined || signature.length !== signatureBytes) return false;
    return verifyBytes(null, message, key, signature);
  }

  /** The same judgement, made in libuv's thread pool: a check costs more than parsing the request. */
  verifyAsync(signer: PeerId, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const key = this.#keyOf(signer);
    if (key === undefined || signature.length !== signatureBytes) return Promise.resolve(false);
    return new Promise((resolve) => {
      verifyBytes(null, message, key, signature, (error, valid) => resolve(!error && valid));
    });
  }

  #keyOf(signer: PeerId): KeyObject | undefined {
    const known = this.#keys.get(signer);
    if (known !== undefined) return known;
    const key = publicKeyOfSigner(signer);
    if (key !== undefined) this.#keys.set(signer, key);
    return key;
  }
}

function publicKeyOfSigner(signer: PeerId): KeyObject | undefined {
  try {
    return publicKeyObject(publicKeyOf(signer));
  } catch {
    return undefined;
  }
}
