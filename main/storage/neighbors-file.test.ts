import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { neighborBookSuite, someNeighbor, somePeer } from '../../src/kernel/neighbor-book.suite.ts';
import { NeighborsFile } from './neighbors-file.ts';
import { problemOf, temporaryDirectory } from './testing.suite.ts';

const newPath = () => join(temporaryDirectory(), 'neighbors.json');
const open = (path: string) =>
  NeighborsFile.open(path, (error) => {
    throw error;
  });

neighborBookSuite('NeighborsFile', async () => {
  const book = await open(newPath());
  return { book, close: () => book.flush() };
});

describe('The neighbors file', () => {
  it('finds after reopening what was flushed, in the same order', async () => {
    const path = newPath();
    const book = await open(path);
    book.put(someNeighbor(2));
    book.put(someNeighbor(1, { list: 'primary' }));
    book.put(someNeighbor(3));
    book.remove(somePeer(3));
    await book.flush();
    const again = await open(path);
    expect(again.all()).toEqual([someNeighbor(2), someNeighbor(1, { list: 'primary' })]);
    expect(readFileSync(path, 'utf8')).toContain('\n      "list": "primary",\n');
  });

  it('writes what was put while a write was under way', async () => {
    const path = newPath();
    const book = await open(path);
    for (let number = 1; number <= 20; number++) {
      book.put(someNeighbor(number));
      if (number % 7 === 0) await new Promise(setImmediate);
    }
    await book.flush();
    expect((await open(path)).all()).toHaveLength(20);
  });

  it('tells of a write that fails, and catches up with the next one', async () => {
    const path = newPath();
    const told: unknown[] = [];
    const book = await NeighborsFile.open(path, (error) => told.push(error));
    mkdirSync(path);
    book.put(someNeighbor(1));
    await expect(book.flush()).rejects.toThrow();
    expect(told).toHaveLength(1);
    expect(book.get(somePeer(1))).toEqual(someNeighbor(1));
    rmdirSync(path);
    book.put(someNeighbor(2));
    await book.flush();
    expect((await open(path)).all()).toHaveLength(2);
  });

  it('refuses a file that names a peer twice or holds what is no neighbor', async () => {
    const path = newPath();
    const twice = { neighbors: [someNeighbor(1), someNeighbor(1)] };
    writeFileSync(path, JSON.stringify(twice));
    const refusal = await problemOf(() => open(path));
    expect(refusal.code).toBe('settings-damaged');
    expect(refusal.message).toContain('names a peer twice');
    writeFileSync(path, JSON.stringify({ neighbors: [{ ...someNeighbor(1), list: 'friends' }] }));
    expect((await problemOf(() => open(path))).message).toContain('neighbors[0].list:');
  });

  it('refuses at once a neighbor that it could not read again', async () => {
    const book = await open(newPath());
    expect(() => book.put(someNeighbor(1, { endpoints: ['ftp://x'] }))).toThrow();
    expect(book.all()).toEqual([]);
  });
});
