import { type FileHandle, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blake3 } from '@napi-rs/blake-hash';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PieceWorkers } from './piece-store.ts';

const text = Buffer.from('north of the river');
let folder: string;
let path: string;
let file: FileHandle;
let workers: PieceWorkers;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'souk-pieces-'));
  path = join(folder, 'document.part');
  await writeFile(path, 'untouched');
  file = await open(path, 'r+');
  workers = new PieceWorkers();
});
afterEach(async () => {
  await workers.close();
  await file.close();
  await rm(folder, { recursive: true });
});

function arrived(content: Buffer, start: number) {
  const bytes = new Uint8Array(new SharedArrayBuffer(content.length));
  bytes.set(content);
  return { file: file.fd, start, bytes, hash: blake3(text) };
}

describe('the workers that store pieces', () => {
  it('write what has the right hash to its place', async () => {
    expect(await workers.store(arrived(text, 4))).toEqual({ kind: 'stored' });
    expect(await readFile(path, 'utf8')).toBe(`unto${text}`);
  });

  it('write nothing of what has another, and say which', async () => {
    const wrong = Buffer.from('south of the river');
    const outcome = await workers.store(arrived(wrong, 0));
    expect(outcome.kind === 'corrupt' && blake3(wrong).equals(outcome.received)).toBe(true);
    expect(await readFile(path, 'utf8')).toBe('untouched');
  });

  it('say with which code the system refused to write', async () => {
    const readOnly = await open(path, 'r');
    const outcome = await workers.store({ ...arrived(text, 0), file: readOnly.fd });
    await readOnly.close();
    expect(outcome).toEqual({ kind: 'unwritten', code: 'EBADF' });
  });
});
