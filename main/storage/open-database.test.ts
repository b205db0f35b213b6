import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { collection } from '../../src/state/index.ts';
import type { Migration } from './migrations.ts';
import { openDatabase } from './open-database.ts';
import { SqliteStore } from './sqlite-store.ts';
import { problemOf, temporaryDirectory } from './testing.suite.ts';

const newPath = () => join(temporaryDirectory(), 'souk.db');

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`PRAGMA ${name}`).get()!)[0];
}

describe('Opening a database', () => {
  it('makes a missing one, durable at every commit', () => {
    const database = openDatabase(newPath());
    expect(pragma(database, 'journal_mode')).toBe('wal');
    // Without these a Mac's disk may hold what was committed in its cache alone.
    expect(pragma(database, 'fullfsync')).toBe(1);
    expect(pragma(database, 'checkpoint_fullfsync')).toBe(1);
    expect(pragma(database, 'synchronous')).toBe(2);
    expect(pragma(database, 'user_version')).toBe(2);
    database.close();
  });

  it('runs the migrations that are missing, each once and in order', () => {
    const path = newPath();
    const ran: number[] = [];
    const step = (version: number): Migration => ({
      version,
      description: `Step ${version}`,
      migrate: (database) => {
        ran.push(version);
        database.exec(`CREATE TABLE t${version} (x)`);
      },
    });
    openDatabase(path, [step(1), step(2)]).close();
    openDatabase(path, [step(1), step(2), step(3)]).close();
    openDatabase(path, [step(1), step(2), step(3)]).close();
    expect(ran).toEqual([1, 2, 3]);
  });

  it('takes back the one migration that fails and keeps those before it', () => {
    const path = newPath();
    const good: Migration = {
      version: 1,
      description: 'Good',
      migrate: (database) => database.exec('CREATE TABLE good (x)'),
    };
    const bad: Migration = {
      version: 2,
      description: 'Bad',
      migrate: (database) => {
        database.exec('CREATE TABLE half (x)');
        throw new Error('half way');
      },
    };
    expect(() => openDatabase(path, [good, bad])).toThrow('half way');
    const database = openDatabase(path, [good]);
    const tables = database.prepare('SELECT name FROM sqlite_schema').all();
    expect(tables.map((row) => row['name'])).toEqual(['good']);
    database.close();
  });

  it('refuses one that a newer Souk wrote', async () => {
    const path = newPath();
    const database = openDatabase(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const refusal = await problemOf(() => openDatabase(path));
    expect(refusal.code).toBe('database-newer');
    expect(refusal.message).toContain('Install the newest Souk');
    expect(refusal.members).toEqual({ version: 99, newest: 2 });
  });

  it('refuses a file that is no database and leaves it as it is', async () => {
    const path = newPath();
    const text = 'My shopping list, which is longer than the head of a database. '.repeat(20);
    writeFileSync(path, text);
    const refusal = await problemOf(() => openDatabase(path));
    expect(refusal.code).toBe('database-damaged');
    expect(refusal.message).toContain('restore the newest backup');
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it("refuses another program's database", async () => {
    const path = newPath();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE bookmarks (x)');
    other.close();
    expect((await problemOf(() => openDatabase(path))).message).toContain('another program');
  });

  it('refuses one whose pages were overwritten', async () => {
    const path = newPath();
    const database = openDatabase(path);
    const notes = collection<{ id: number; text: string }>()('notes', ['id']);
    new SqliteStore(database).transaction((tx) => {
      for (let id = 0; id < 200; id++) tx.put(notes, { id, text: 'x'.repeat(500) });
    });
    database.close();
    const bytes = readFileSync(path);
    bytes.fill(0xff, 5 * 4096, 9 * 4096);
    writeFileSync(path, bytes);
    expect((await problemOf(() => openDatabase(path))).code).toBe('database-damaged');
  });
});
