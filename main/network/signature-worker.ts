import { type KeyObject, sign, verify } from 'node:crypto';
import { workerData } from 'node:worker_threads';
import { publicKeyBytes, publicKeyObject, signatureBytes } from './ed25519.ts';

/**
 * Signatures to make and to check, in one piece of memory that goes from thread to thread. Of an item to
 * check `bytes` holds the public key, the signature and the message; of one to sign the message.
 */
export interface SignatureTask {
  readonly kinds: readonly ('check' | 'sign')[];
  readonly messageLengths: readonly number[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** One byte for each item checked, 1 where it is genuine; 64 for each item signed. */
export type SignatureResults = Uint8Array<ArrayBuffer>;

const publicKeysKept = 1024;
const publicKeys = new Map<string, KeyObject>();

/** Makes and checks the signatures of a task, in their order. Throws where one cannot be made. */
export default function doSignatures(task: SignatureTask): SignatureResults {
  const { privateKey }: { readonly privateKey: KeyObject } = workerData;
  const results = new Uint8Array(resultBytes(task.kinds));
  let from = 0;
  let to = 0;
  for (const [index, kind] of task.kinds.entries()) {
    const take = (length: number) => {
      from += length;
      return task.bytes.subarray(from - length, from);
    };
    const messageLength = task.messageLengths[index] ?? 0;
    if (kind === 'sign') {
      results.set(sign(null, take(messageLength), privateKey), to);
      to += signatureBytes;
    } else {
      const key = publicKeyOf(take(publicKeyBytes));
      const signature = take(signatureBytes);
      results[to] = verify(null, take(messageLength), key, signature) ? 1 : 0;
      to += 1;
    }
  }
  return results;
}

function resultBytes(kinds: SignatureTask['kinds']): number {
  return kinds.reduce((sum, kind) => sum + (kind === 'sign' ? signatureBytes : 1), 0);
}

function publicKeyOf(raw: Uint8Array): KeyObject {
  const name = Buffer.from(raw).toString('latin1');
  const known = publicKeys.get(name);
  if (known !== undefined) return known;
  const key = publicKeyObject(raw);
  if (publicKeys.size >= publicKeysKept) publicKeys.clear();
  publicKeys.set(name, key);
  return key;
}
