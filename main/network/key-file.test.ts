import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKeyFile, keyFileState, readKeyFile, sealKeyFile, writeKeyFile } from './key-file.ts';
import { makeKeyPair } from './key-pair.ts';

const cheap = { scryptCost: 2 ** 15 };
let directory: string;
let path: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'souk-key-'));
  path = join(directory, 'key.json');
});
afterEach(() => rm(directory, { recursive: true }));

async function change(edit: (file: Record<string, unknown>) => unknown): Promise<void> {
  const file: Record<string, unknown> = JSON.parse(await readFile(path, 'utf8'));
  await writeFile(path, JSON.stringify(edit(file)));
}

describe('A key that was kept plainly', () => {
  it('is sealed once, and is the same key', async () => {
    const made = await createKeyFile(path, undefined);
    await sealKeyFile(path, 'three blind mice', cheap);
    expect(await keyFileState(path)).toBe('sealed');
    expect(await readKeyFile(path, 'three blind mice')).toEqual(made);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    const again = sealKeyFile(path, 'four blind mice', cheap);
    await expect(again).rejects.toMatchObject({ code: 'bad-request' });
    expect(await readKeyFile(path, 'three blind mice')).toEqual(made);
  });
});

describe('A sealed key file', () => {
  it('gives the key back to the passphrase and to no other', async () => {
    const made = await createKeyFile(path, 'three blind mice', cheap);
    expect(await readKeyFile(path, 'three blind mice')).toEqual(made);
    expect(await keyFileState(path)).toBe('sealed');
    for (const passphrase of ['three blind mic', '', undefined]) {
      await expect(readKeyFile(path, passphrase)).rejects.toMatchObject({
        code: 'wrong-passphrase',
      });
    }
  });

  it('does not hold the secret', async () => {
    const { seed } = await createKeyFile(path, 'three blind mice', cheap);
    const text = await readFile(path, 'utf8');
    expect(text).not.toContain(Buffer.from(seed).toString('base64url'));
    expect(text).not.toContain('seed');
  });

  it('is closed under scrypt of 2^17 unless said otherwise', async () => {
    await createKeyFile(path, 'slow');
    const file = JSON.parse(await readFile(path, 'utf8'));
    expect(file.scrypt).toMatchObject({ N: 2 ** 17, r: 8, p: 1 });
    await expect(readKeyFile(path, 'slow')).resolves.toMatchObject({ peerId: file.peerId });
  });

  it('opens to the same passphrase in another Unicode form', async () => {
    const made = await createKeyFile(path, 'caf\u00e9', cheap);
    expect(await readKeyFile(path, 'cafe\u0301')).toEqual(made);
  });

  it('takes another passphrase, and the old one no longer opens it', async () => {
    const made = await createKeyFile(path, 'old', cheap);
    await writeKeyFile(path, made, 'new', cheap);
    expect(await readKeyFile(path, 'new')).toEqual(made);
    await expect(readKeyFile(path, 'old')).rejects.toMatchObject({ code: 'wrong-passphrase' });
  });

  it('does not take the memory that a damaged file asks for', async () => {
    await createKeyFile(path, 'x', cheap);
    const greedy = [{ N: 2 ** 30 }, { N: 2 ** 14 }, { N: 40_000 }, { r: 33 }, { p: 9 }, { r: 0 }];
    for (const parameters of greedy) {
      await change((file) => ({ ...file, scrypt: { ...Object(file['scrypt']), ...parameters } }));
      await expect(readKeyFile(path, 'x')).rejects.toMatchObject({ code: 'key-file-damaged' });
      await rm(path);
      await createKeyFile(path, 'x', cheap);
    }
  });
});

describe('A plain key file', () => {
  it('is written by explicit choice only, says so, and opens without a passphrase', async () => {
    const made = await createKeyFile(path, undefined);
    expect(await keyFileState(path)).toBe('plain');
    expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ sealed: false });
    expect(await readKeyFile(path, undefined)).toEqual(made);
  });
});

describe('A key file', () => {
  it('is for its owner alone, also where it stood open before', async () => {
    const made = await createKeyFile(path, undefined);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    await chmod(path, 0o644);
    await writeKeyFile(path, made, undefined);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is never overwritten by a new key', async () => {
    const made = await createKeyFile(path, undefined);
    await expect(createKeyFile(path, undefined)).rejects.toMatchObject({
      code: 'key-file-damaged',
    });
    expect(await readKeyFile(path, undefined)).toEqual(made);
  });

  it('is told to be absent where there is none', async () => {
    expect(await keyFileState(path)).toBe('absent');
    await expect(readKeyFile(path, undefined)).rejects.toMatchObject({ code: 'key-file-damaged' });
  });

  it('is refused when its key is not that of its peer id', async () => {
    await createKeyFile(path, undefined);
    await change((file) => ({ ...file, peerId: makeKeyPair().peerId }));
    await expect(readKeyFile(path, undefined)).rejects.toMatchObject({ code: 'key-file-damaged' });
  });

  it('is refused with unknown or missing members, or as whatever else, with a text for a person', async () => {
    const { peerId, seed } = makeKeyPair();
    const good = {
      format: 'souk-key-1',
      sealed: false,
      peerId,
      seed: Buffer.from(seed).toString('base64url'),
    };
    const bad = [
      '',
      '{',
      'null',
      '[]',
      JSON.stringify({ ...good, more: 1 }),
      JSON.stringify({ ...good, seed: undefined }),
      JSON.stringify({ ...good, seed: 'AAAA' }),
      JSON.stringify({ ...good, seed: '*'.repeat(43) }),
      JSON.stringify({ ...good, format: 'souk-key-2' }),
      JSON.stringify({ ...good, sealed: true }),
    ];
    for (const text of bad) {
      await writeFile(path, text);
      await expect(readKeyFile(path, undefined)).rejects.toMatchObject({
        code: 'key-file-damaged',
        message: expect.stringContaining('backup'),
      });
    }
  });

  it('is refused, not misread, for arbitrary content', async () => {
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (text) => {
        await writeFile(path, text);
        await expect(readKeyFile(path, 'x')).rejects.toMatchObject({ code: 'key-file-damaged' });
      }),
    );
  });
});
