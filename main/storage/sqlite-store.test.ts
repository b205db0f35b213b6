import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SoukError } from '../../src/problem.ts';
import { collection, type Transaction } from '../../src/state/index.ts';
import { storeSuite } from '../../src/state/store.suite.ts';
import { openDatabase } from './open-database.ts';
import { SqliteStore } from './sqlite-store.ts';
import { problemOf, temporaryDirectory } from './testing.suite.ts';

storeSuite('SqliteStore', () => {
  const directory = temporaryDirectory();
  const database = openDatabase(join(directory, 'souk.db'));
  return {
    store: new SqliteStore(database),
    close: () => database.close(),
  };
});

interface Note {
  readonly id: string;
  readonly author?: string;
  readonly text: string;
}
const notes = collection<Note>()('notes', ['id'], { author: ['author'], text: ['author', 'text'] });

describe('SqliteStore on a disk', () => {
  let directory: string;
  let database: DatabaseSync;
  let store: SqliteStore;
  beforeEach(() => {
    directory = temporaryDirectory();
    reopen();
  });
  afterEach(() => database.close());
  function reopen(): void {
    if (database?.isOpen) database.close();
    database = openDatabase(join(directory, 'souk.db'));
    store = new SqliteStore(database);
  }
  function schemaVersion(): unknown {
    return database.prepare('PRAGMA schema_version').get()?.['schema_version'];
  }

  it('finds after reopening what was committed, without laying tables out anew', () => {
    store.transaction((tx) => tx.put(notes, { id: 'n', author: 'ann', text: 'hello' }));
    const before = schemaVersion();
    reopen();
    expect(store.transaction((tx) => tx.scan(notes, { by: 'author', prefix: ['ann'] }))).toEqual([
      { id: 'n', author: 'ann', text: 'hello' },
    ]);
    expect(schemaVersion()).toBe(before);
  });

  it('says of a batch whether there is anything to wait for', async () => {
    const put = (text: string) => (tx: Transaction) => tx.put(notes, { id: 'n', text });
    expect(store.batchAhead((run) => run(put('x'))).wrote).toBe(true);
    await store.synced();
    const read = store.batchAhead((run) => run((tx) => tx.get(notes, 'n')?.text));
    expect(read).toEqual({ result: 'x', wrote: false });
    const giveUp = () => {
      throw new Error('given up');
    };
    expect(() => store.batchAhead(giveUp)).toThrow('given up');
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 });
    await store.close();
  });

  it('finds again what a part had removed that was taken back, also when it had seen none left', () => {
    store.transaction((tx) => tx.put(notes, { id: 'n', text: 'x' }));
    store.batch((run) => {
      const removes = () =>
        run((tx) => {
          tx.remove(notes, 'n');
          expect(tx.scan(notes)).toEqual([]);
          expect(tx.get(notes, 'n')).toBeUndefined();
          throw new Error('no');
        });
      expect(removes).toThrow('no');
      run((tx) => expect(tx.get(notes, 'n')).toEqual({ id: 'n', text: 'x' }));
    });
    store.transaction((tx) => tx.remove(notes, 'n'));
    expect(store.transaction((tx) => tx.scan(notes))).toEqual([]);
    store.transaction((tx) => tx.put(notes, { id: 'm', text: 'y' }));
    expect(store.transaction((tx) => tx.scan(notes, { limit: 1 }))).toHaveLength(1);
  });

  it('lays a collection out anew when its key or indexes have changed', () => {
    store.transaction((tx) => {
      tx.put(notes, { id: 'n1', author: 'bob', text: 'x' });
      tx.put(notes, { id: 'n2', author: 'ann', text: 'y' });
      tx.put(notes, { id: 'n3', text: 'y' });
    });
    reopen();
    const changed = collection<Note>()('notes', ['text', 'id'], { author: ['author', 'id'] });
    store.transaction((tx) => {
      expect(tx.scan(changed, { by: 'author' }).map(({ id }) => id)).toEqual(['n2', 'n1']);
      expect(tx.scan(changed, { prefix: ['y'] }).map(({ id }) => id)).toEqual(['n2', 'n3']);
    });
    const after = schemaVersion();
    reopen();
    expect(store.transaction((tx) => tx.scan(changed))).toHaveLength(3);
    expect(schemaVersion()).toBe(after);
  });

  it('keeps the old layout when laying out anew fails', () => {
    store.transaction((tx) => tx.put(notes, { id: 'n', text: 'x' }));
    reopen();
    const impossible = collection<Note>()('notes', ['author', 'id']);
    expect(() => store.transaction((tx) => tx.scan(impossible))).toThrow('Key field author');
    expect(store.transaction((tx) => tx.get(notes, 'n'))).toEqual({ id: 'n', text: 'x' });
  });

  it('answers every scan from an index, never by sorting', () => {
    store.transaction((tx) => tx.put(notes, { id: 'n', author: 'ann', text: 'a' }));
    const asked: string[] = [];
    const prepare = database.prepare.bind(database);
    database.prepare = (text) => {
      asked.push(text);
      return prepare(text);
    };
    store.transaction((tx) => {
      for (const descending of [false, true]) {
        tx.scan(notes, { descending });
        tx.scan(notes, { prefix: ['n'], descending });
        tx.scan(notes, { after: 'n', to: 'z', descending });
        tx.scan(notes, { by: 'author', descending });
        tx.scan(notes, { by: 'author', prefix: ['ann'], after: 'n', limit: 3, descending });
        tx.scan(notes, { by: 'text', prefix: ['ann'], from: 'a', to: 'b', descending });
        tx.scan(notes, { by: 'text', prefix: ['ann', 'b', 'n'], descending });
      }
    });
    const scans = asked.filter((text) => text.includes('ORDER BY'));
    expect(scans.length).toBeGreaterThanOrEqual(14);
    for (const text of scans) {
      const plan = prepare(`EXPLAIN QUERY PLAN ${text.replaceAll('?', '1')}`).all();
      const details = plan.map((line) => String(line['detail']));
      expect(
        details.filter((detail) => detail.includes('TEMP B-TREE')),
        text,
      ).toEqual([]);
      const searches = text.includes(' = ?') || text.includes('> ?') || text.includes('>= ?');
      if (searches) expect(details[0], text).toMatch(/^SEARCH/);
    }
  });

  it('says that another program writes, and goes on once it has ended', async () => {
    const other = new DatabaseSync(join(directory, 'souk.db'));
    other.exec('BEGIN IMMEDIATE');
    const write = () => store.transaction((tx) => tx.put(notes, { id: 'n', text: '' }));
    expect((await problemOf(write)).code).toBe('unavailable');
    other.close();
    write();
    expect(store.transaction((tx) => tx.scan(notes))).toHaveLength(1);
  });

  describe('with a full disk', () => {
    const big = (id: string): Note => ({ id, text: 'x'.repeat(3000) });
    beforeEach(() => {
      store.transaction((tx) => tx.put(notes, big('first')));
      const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
      database.exec(`PRAGMA max_page_count = ${pages + 20}`);
    });
    const fill = (put: (note: Note) => void) => {
      for (let i = 0; i < 100; i++) put(big(`n${i}`));
    };
    /** A scan shows what was written before it, so it makes SQLite write. */
    const fillAndRead = (tx: Transaction) => {
      fill((note) => tx.put(notes, note));
      return tx.scan(notes);
    };
    function codeOf(work: () => void): string | undefined {
      try {
        work();
      } catch (error) {
        return error instanceof SoukError ? error.code : String(error);
      }
      return undefined;
    }

    it('throws disk-full from the transaction, keeps what was there, and works once there is room', () => {
      const work = () => store.transaction((tx) => fill((note) => tx.put(notes, note)));
      expect(codeOf(work)).toBe('disk-full');
      expect(store.transaction((tx) => tx.scan(notes)).map(({ id }) => id)).toEqual(['first']);
      database.exec('PRAGMA max_page_count = 100000');
      work();
      expect(store.transaction((tx) => tx.scan(notes))).toHaveLength(101);
    });

    it('fails the whole batch, though its work caught the error of a part', () => {
      const parts: (string | undefined)[] = [];
      const work = () =>
        store.batch((run) => {
          parts.push(codeOf(() => run((tx) => tx.put(notes, big('small')))));
          parts.push(codeOf(() => run(fillAndRead)));
          parts.push(codeOf(() => run((tx) => tx.put(notes, big('late')))));
        });
      expect(codeOf(work)).toBe('disk-full');
      expect(parts).toEqual([undefined, 'disk-full', 'disk-full']);
      expect(store.transaction((tx) => tx.scan(notes)).map(({ id }) => id)).toEqual(['first']);
    });

    it('fails a batch whose writes only its commit finds too many', () => {
      const work = () => store.batch((run) => run((tx) => fill((note) => tx.put(notes, note))));
      expect(codeOf(work)).toBe('disk-full');
      expect(store.transaction((tx) => tx.scan(notes)).map(({ id }) => id)).toEqual(['first']);
    });

    it('writes nothing outside of a transaction when work swallows the error', () => {
      const work = () =>
        store.transaction((tx) => {
          expect(codeOf(() => fillAndRead(tx))).toBeDefined();
          expect(() => tx.put(notes, { id: 'stray', text: '' })).toThrow('taken back');
        });
      expect(codeOf(work)).toContain('taken back');
      expect(store.transaction((tx) => tx.scan(notes)).map(({ id }) => id)).toEqual(['first']);
    });
  });
});
