import { base58 } from '@scure/base';

declare const peerIdBrand: unique symbol;

/**
 * A public key as text: `z6Mk…`, the did:key method-specific id of an Ed25519 key (protocol 1). It names
 * a trader, an LCP account and, if the peer issues money, a currency.
 */
export type PeerId = string & { readonly [peerIdBrand]: 'PeerId' };
/** The currency issued under a key is named by that key (paper §1, protocol 1). */
export type CurrencyId = PeerId;

const publicKeyBytes = 32;
const ed25519Multicodec = [0xed, 0x01] as const;
const pattern = /^z6Mk[1-9A-HJ-NP-Za-km-z]{44}$/;

/** Throws a RangeError unless the key has 32 bytes. */
export function peerIdOf(publicKey: Uint8Array): PeerId {
  if (publicKey.length !== publicKeyBytes) {
    throw new RangeError(
      `An Ed25519 public key has ${publicKeyBytes} bytes, not ${publicKey.length}.`,
    );
  }
  const bytes = new Uint8Array(2 + publicKeyBytes);
  bytes.set(ed25519Multicodec, 0);
  bytes.set(publicKey, 2);
  return `z${base58.encode(bytes)}` as PeerId;
}

/** Peer ids met lately: the same few stand in every statement, and decoding takes longer than looking. */
const met = new Set<string>();
const metMax = 4096;

export function isPeerId(text: string): text is PeerId {
  if (met.has(text)) return true;
  if (!pattern.test(text) || decode(text) === undefined) return false;
  if (met.size >= metMax) met.clear();
  met.add(text);
  return true;
}

/** The 32 bytes of the public key behind a peer id. Throws a RangeError on a text that is none. */
export function publicKeyOf(peerId: PeerId): Uint8Array {
  const key = decode(peerId);
  if (key === undefined) throw new RangeError(`${peerId} is not a peer id.`);
  return key;
}

function decode(text: string): Uint8Array | undefined {
  if (!text.startsWith('z')) return undefined;
  let bytes: Uint8Array;
  try {
    bytes = base58.decode(text.slice(1));
  } catch {
    return undefined;
  }
  const wellFormed =
    bytes.length === 2 + publicKeyBytes &&
    bytes[0] === ed25519Multicodec[0] &&
    bytes[1] === ed25519Multicodec[1];
  return wellFormed ? bytes.subarray(2) : undefined;
}
