import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collection, type Store, type Transaction } from '../../src/state/index.ts';
import { storeModelSuite } from '../../src/state/store-model.suite.ts';
import { migrations } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { SqliteStore } from './sqlite-store.ts';
import { temporaryDirectory } from './testing.suite.ts';

/** A store that forgets after each batch all that is in memory alone, as one whose process was killed. */
function killedAfterEach() {
  const database = openDatabase(join(temporaryDirectory(), 'souk.db'));
  const killed: Store = {
    transaction: (work) => new SqliteStore(database).transaction(work),
    batch: (work) => new SqliteStore(database).batch(work),
  };
  return { store: killed, close: () => database.close() };
}

storeModelSuite('SqliteStore that is killed after each batch', killedAfterEach);

interface Note {
  readonly id: string;
  readonly author?: string;
  readonly text: string;
}
const notes = collection<Note>()('notes', ['id'], { author: ['author'] });

describe('The log of changes', () => {
  let path: string;
  let database: DatabaseSync;
  let store: SqliteStore;
  beforeEach(() => {
    path = join(temporaryDirectory(), 'souk.db');
    start();
    // The first use of a collection lays its table out.
    store.transaction((tx) => tx.scan(notes));
  });
  afterEach(() => database.close());
  function start(): void {
    database = openDatabase(path);
    store = new SqliteStore(database);
  }
  const count = (table: string) =>
    Number(database.prepare(`SELECT count(*) AS count FROM "${table}"`).get()?.['count']);
  const put = (...some: readonly Note[]) =>
    store.transaction((tx) => {
      for (const note of some) tx.put(notes, note);
    });
  const ids = (tx: Transaction) => tx.scan(notes).map(({ id }) => id);

  it('keeps a transaction before its table is told of it', () => {
    put({ id: 'a', text: 'x' });
    put({ id: 'a', text: 'y' }, { id: 'b', text: 'z' });
    expect(count('notes')).toBe(0);
    expect(count('~log')).toBe(2);
    expect(store.transaction((tx) => tx.get(notes, 'a')?.text)).toBe('y');
  });

  it('is empty once a scan made the tables know all', () => {
    put({ id: 'a', text: 'x' }, { id: 'b', author: 'ann', text: 'z' });
    const others = (tx: Transaction) => tx.scan(notes, { by: 'author', prefix: ['bob'] });
    expect(store.transaction(others)).toEqual([]);
    expect(count('~log')).toBe(1);
    expect(store.transaction(ids)).toEqual(['a', 'b']);
    expect(count('notes')).toBe(2);
    expect(count('~log')).toBe(0);
  });

  it('is empty once the store was closed in order', async () => {
    put({ id: 'a', text: 'x' });
    await store.close();
    expect(count('notes')).toBe(1);
    expect(count('~log')).toBe(0);
  });

  it('goes into the tables before it is long', () => {
    const long = 'x'.repeat(100_000);
    for (let i = 0; i < 30; i++) put({ id: `n${i % 3}`, text: long });
    expect(count('notes')).toBe(3);
    expect(count('~log')).toBeLessThan(12);
  });

  it('is not left behind where a transaction fails that wrote it into the tables', () => {
    put({ id: 'a', text: 'x' });
    const fails = () =>
      store.transaction((tx) => {
        expect(ids(tx)).toEqual(['a']);
        tx.remove(notes, 'a');
        throw new Error('no');
      });
    expect(fails).toThrow('no');
    expect(count('~log')).toBe(1);
    expect(store.transaction((tx) => tx.get(notes, 'a')?.text)).toBe('x');
    expect(store.transaction(ids)).toEqual(['a']);
  });

  it('is made where a database is of the layout before it', () => {
    database.close();
    path = join(temporaryDirectory(), 'souk.db');
    openDatabase(path, migrations.slice(0, 1)).close();
    start();
    store.transaction((tx) => tx.scan(notes));
    put({ id: 'a', text: 'x' });
    expect(count('~log')).toBe(1);
  });

  it('is taken up by the next start, into tables of the layout that they had', () => {
    put({ id: 'a', author: 'ann', text: 'x' }, { id: 'b', text: 'y' });
    store.transaction((tx) => {
      tx.put(notes, { id: 'a', author: 'bob', text: 'new' });
      tx.remove(notes, 'b');
    });
    database.close();
    start();
    expect(count('~log')).toBe(0);
    const changed = collection<Note>()('notes', ['text'], { author: ['author', 'id'] });
    expect(store.transaction((tx) => tx.scan(changed, { by: 'author', prefix: ['bob'] }))).toEqual([
      { id: 'a', author: 'bob', text: 'new' },
    ]);
  });
});
