import { scrypt } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { base64urlnopad } from '@scure/base';
import nacl from 'tweetnacl';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';
import { isPeerId } from '../../src/identity/index.ts';
import { SoukError } from '../../src/problem.ts';
import { type KeyPair, keyPairOfSeed, makeKeyPair, seedBytes } from './key-pair.ts';

/**
 * The file that holds a peer's key. Sealed, its secret is in a tweetnacl secretbox under a scrypt key of
 * the passphrase; a person may also choose to keep it plainly, guarded by the file's mode alone.
 */

const saltBytes = 16;
const mebibyte = 2 ** 20;
const scryptMemoryMax = 512 * mebibyte;
const scryptCostDefault = 2 ** 17;
const scryptCostMin = 2 ** 15;

const bytesField = (length: number) =>
  z
    .string()
    .transform((text, context) => {
      try {
        return base64urlnopad.decode(text);
      } catch {
        context.addIssue('is not base64url');
        return z.NEVER;
      }
    })
    .refine((bytes) => bytes.length === length, `does not have ${length} bytes`);

const peerIdField = z.string().refine(isPeerId, 'is no peer id');
/** The memory that scrypt takes is bounded here: a damaged file must not exhaust the machine. */
const scryptField = z
  .strictObject({
    N: z.number().int().min(scryptCostMin).refine(isPowerOfTwo, 'is no power of two'),
    r: z.number().int().min(1).max(32),
    p: z.number().int().min(1).max(8),
    salt: bytesField(saltBytes),
  })
  .refine(({ N, r }) => 128 * N * r <= scryptMemoryMax, 'asks for too much memory');

const keyFile = z.discriminatedUnion('sealed', [
  z.strictObject({
    format: z.literal('souk-key-1'),
    sealed: z.literal(true),
    peerId: peerIdField,
    scrypt: scryptField,
    nonce: bytesField(nacl.secretbox.nonceLength),
    box: bytesField(seedBytes + nacl.secretbox.overheadLength),
  }),
  z.strictObject({
    format: z.literal('souk-key-1'),
    sealed: z.literal(false),
    peerId: peerIdField,
    seed: bytesField(seedBytes),
  }),
]);
type KeyFile = z.infer<typeof keyFile>;

/** What can be told of a key file without its passphrase. */
export type KeyFileState = 'absent' | 'sealed' | 'plain';

/** Throws `key-file-damaged` where the file is there but cannot be read. */
export async function keyFileState(path: string): Promise<KeyFileState> {
  const file = await load(path);
  if (file === undefined) return 'absent';
  return file.sealed ? 'sealed' : 'plain';
}

/**
 * Makes a new key and its file (mode 0600). `passphrase: undefined` is the explicit choice to keep the
 * key plainly. Throws `key-file-damaged` where there is a file already: a key is never overwritten.
 */
export async function createKeyFile(
  path: string,
  passphrase: string | undefined,
  options: { readonly scryptCost?: number } = {},
): Promise<KeyPair> {
  if ((await load(path)) !== undefined) {
    throw damaged(path, 'there is a key already, and it is not overwritten');
  }
  const keyPair = makeKeyPair();
  await writeKeyFile(path, keyPair, passphrase, options);
  return keyPair;
}

/**
 * Writes a key, in one step, over what stood there: also how a passphrase is changed. `scryptCost` is
 * scrypt's N, a power of two of 2^15 at least; its memory is 1 KiB times N.
 */
export async function writeKeyFile(
  path: string,
  keyPair: KeyPair,
  passphrase: string | undefined,
  options: { readonly scryptCost?: number } = {},
): Promise<void> {
  const head = { format: 'souk-key-1', sealed: passphrase !== undefined, peerId: keyPair.peerId };
  const secret =
    passphrase === undefined
      ? { seed: base64urlnopad.encode(keyPair.seed) }
      : await seal(keyPair.seed, passphrase, options.scryptCost ?? scryptCostDefault);
  const text = `${JSON.stringify({ ...head, ...secret }, undefined, 2)}\n`;
  await writeFileAtomic(path, text, { mode: 0o600 });
}

/**
 * Seals a key that was kept plainly. Throws `bad-request` where it is sealed already, and `key-file-damaged`
 * where it cannot be read; then nothing is changed.
 */
export async function sealKeyFile(
  path: string,
  passphrase: string,
  options: { readonly scryptCost?: number } = {},
): Promise<void> {
  if ((await keyFileState(path)) === 'sealed') {
    throw new SoukError('bad-request', 'The key is sealed already. Nothing was changed.');
  }
  await writeKeyFile(path, await readKeyFile(path, undefined), passphrase, options);
}

/**
 * The key of a file. Throws `wrong-passphrase` where the passphrase does not open it or is missing, and
 * `key-file-damaged` where the file is absent or its content is not a key of this peer id.
 */
export async function readKeyFile(path: string, passphrase: string | undefined): Promise<KeyPair> {
  const file = await load(path);
  if (file === undefined) throw damaged(path, 'there is no such file');
  const seed = file.sealed ? await unseal(file, passphrase) : file.seed;
  const keyPair = keyPairOfSeed(seed);
  if (keyPair.peerId !== file.peerId) throw damaged(path, 'its key is not that of its peer id');
  return keyPair;
}

async function seal(seed: Uint8Array, passphrase: string, cost: number) {
  const salt = nacl.randomBytes(saltBytes);
  const nonce = nacl.randomBytes(nacl.secretbox.nonceLength);
  const parameters = { N: cost, r: 8, p: 1 };
  const box = nacl.secretbox(seed, nonce, await stretch(passphrase, salt, parameters));
  return {
    scrypt: { ...parameters, salt: base64urlnopad.encode(salt) },
    nonce: base64urlnopad.encode(nonce),
    box: base64urlnopad.encode(box),
  };
}

async function unseal(
  file: Extract<KeyFile, { sealed: true }>,
  passphrase: string | undefined,
): Promise<Uint8Array> {
  if (passphrase === undefined) {
    throw new SoukError('wrong-passphrase', 'The key file is sealed: enter its passphrase.');
  }
  const key = await stretch(passphrase, file.scrypt.salt, file.scrypt);
  const seed = nacl.secretbox.open(file.box, file.nonce, key);
  if (seed === null) {
    throw new SoukError(
      'wrong-passphrase',
      'This passphrase does not open the key file. Try again.',
    );
  }
  return seed;
}

/** The same passphrase typed on two systems may come in two Unicode forms: hence NFKC. */
function stretch(
  passphrase: string,
  salt: Uint8Array,
  { N, r, p }: { readonly N: number; readonly r: number; readonly p: number },
): Promise<Uint8Array> {
  const maxmem = scryptMemoryMax + 64 * mebibyte;
  return new Promise((resolve, reject) => {
    scrypt(
      passphrase.normalize('NFKC'),
      salt,
      nacl.secretbox.keyLength,
      { N, r, p, maxmem },
      (error, key) => (error ? reject(error) : resolve(Uint8Array.from(key))),
    );
  });
}

async function load(path: string): Promise<KeyFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw damaged(path, 'the system does not let this program read it', error);
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw damaged(path, 'it is not JSON', error);
  }
  const parsed = keyFile.safeParse(json);
  if (!parsed.success) {
    throw damaged(path, z.prettifyError(parsed.error).slice(0, 300), parsed.error);
  }
  return parsed.data;
}

function damaged(path: string, why: string, cause?: unknown): SoukError {
  return new SoukError(
    'key-file-damaged',
    `The key file ${path} cannot be used: ${why}. Restore it from a backup; without it the money held under this key is out of reach.`,
    { cause },
  );
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && Number.isInteger(Math.log2(value));
}
