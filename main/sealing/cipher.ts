import { createCipheriv } from 'node:crypto';

const keyBytes = 32;

/**
 * Encrypts or decrypts one piece of a document under a sealed deal's key (docs/protocol.md 9): AES-256 in counter
 * mode, with a counter that begins anew for each piece, so that any piece can be made without the others.
 * A key is used for one document only. Throws a RangeError unless the key has 32 bytes.
 */
export function sealPiece(key: Buffer, index: number, piece: Buffer): Buffer {
  if (key.length !== keyBytes) throw new RangeError(`A key has ${keyBytes} bytes.`);
  const counter = Buffer.alloc(16);
  counter.writeBigUInt64BE(BigInt(index));
  const cipher = createCipheriv('aes-256-ctr', key, counter);
  // Nothing is padded: what `update` gives is all there is.
  return cipher.update(piece);
}

/** A key as it travels, in base64url. */
export function keyOf(text: string): Buffer {
  return Buffer.from(text, 'base64url');
}
