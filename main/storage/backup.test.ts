import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { collection } from '../../src/state/index.ts';
import { backupTo } from './backup.ts';
import { openDataDirectory } from './data-directory.ts';
import { openDatabase } from './open-database.ts';
import { restoreFrom } from './restore.ts';
import { SettingsFile } from './settings-file.ts';
import { SqliteStore } from './sqlite-store.ts';
import { problemOf, temporaryDirectory } from './testing.suite.ts';

interface Entry {
  readonly id: number;
  readonly text: string;
}
const entries = collection<Entry>()('entries', ['id']);
const pairs = collection<Entry>()('pairs', ['id']);

/** The data directory of a peer that runs, as far as a backup sees it. */
async function runningPeer(count = 100) {
  const directory = openDataDirectory(join(temporaryDirectory(), 'souk'));
  const database = openDatabase(directory.file('database'));
  const store = new SqliteStore(database);
  const write = (...ids: number[]) =>
    store.transaction((tx) => {
      for (const id of ids) {
        tx.put(entries, { id, text: 'x'.repeat(1000) });
        tx.put(pairs, { id, text: '' });
      }
    });
  write(...Array(count).keys());
  writeFileSync(directory.file('key'), '{"sealed":true}');
  writeFileSync(directory.file('neighbors'), '{"neighbors":[]}');
  const settings = await SettingsFile.open(directory.file('settings'));
  await settings.save({ ...settings.current, port: 4711 });
  new DatabaseSync(directory.file('library')).close();
  mkdirSync(directory.file('downloads'));
  writeFileSync(join(directory.file('downloads'), 'bought.txt'), 'bought');
  const close = () => {
    database.close();
    directory.close();
  };
  return { directory, write, close, file: join(temporaryDirectory(), 'peer.soukbackup') };
}

function idsIn(path: string): { readonly entries: number[]; readonly pairs: number[] } {
  const database = openDatabase(path);
  const ids = new SqliteStore(database).transaction((tx) => ({
    entries: tx.scan(entries).map(({ id }) => id),
    pairs: tx.scan(pairs).map(({ id }) => id),
  }));
  database.close();
  return ids;
}

async function backedUp(count?: number): Promise<string> {
  const { directory, close, file } = await runningPeer(count);
  await backupTo(file, directory.path);
  close();
  return file;
}

function changeBackup(file: string, sql: string): void {
  const container = new DatabaseSync(file);
  container.exec(sql);
  container.close();
}

describe('A backup', () => {
  it.each(['souk.db', 'Souk.DB', 'souk.db-wal', 'key.json', 'neighbors.json', 'control.json'])(
    'is not written over %s of its own peer, which would be lost with it',
    async (name) => {
      const { directory, write, close } = await runningPeer(1);
      const before = readdirSync(directory.path);
      const refused = await problemOf(() => backupTo(join(directory.path, name), directory.path));
      expect(refused.code).toBe('bad-request');
      expect(readdirSync(directory.path)).toEqual(before);
      write(2);
      close();
      expect(idsIn(directory.file('database')).entries).toEqual([0, 2]);
    },
  );

  it('brings back the peer, without documents and library index', async () => {
    const { directory, close, file } = await runningPeer();
    const report = await backupTo(file, directory.path);
    close();
    const names = ['key.json', 'neighbors.json', 'settings.json', 'souk.db'];
    expect(report.files.toSorted()).toEqual(names);
    expect(report.leftOut).toEqual([]);
    const restored = join(temporaryDirectory(), 'deep', 'new');
    await restoreFrom(file, restored);
    expect(readdirSync(restored).toSorted()).toEqual(names);
    expect(readFileSync(join(restored, 'key.json'), 'utf8')).toBe('{"sealed":true}');
    expect((await SettingsFile.open(join(restored, 'settings.json'))).current.port).toBe(4711);
    expect(idsIn(join(restored, 'souk.db')).entries).toEqual([...Array(100).keys()]);
  });

  it('holds one moment of a database that is being written to', async () => {
    const { directory, write, close, file } = await runningPeer(3000);
    let done = false;
    const backup = backupTo(file, directory.path).then(() => {
      done = true;
    });
    let next = 3000;
    while (!done) {
      write(next);
      next += 1;
      await new Promise(setImmediate);
    }
    await backup;
    close();
    expect(next).toBeGreaterThan(3001);
    const restored = join(temporaryDirectory(), 'new');
    await restoreFrom(file, restored);
    const ids = idsIn(join(restored, 'souk.db'));
    expect(ids.entries).toEqual([...Array(ids.entries.length).keys()]);
    expect(ids.entries.length).toBeGreaterThanOrEqual(3000);
    expect(ids.entries.length).toBeLessThan(next);
    expect(ids.pairs).toEqual(ids.entries);
  });

  it('replaces an older backup and leaves nothing beside it', async () => {
    const { directory, write, close, file } = await runningPeer();
    await backupTo(file, directory.path);
    write(100);
    await backupTo(file, directory.path);
    close();
    expect(readdirSync(join(file, '..'))).toEqual(['peer.soukbackup']);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const restored = join(temporaryDirectory(), 'new');
    await restoreFrom(file, restored);
    expect(idsIn(join(restored, 'souk.db')).entries).toHaveLength(101);
  });

  it('may be made within the data directory, and of a peer that does not run', async () => {
    const { directory, close } = await runningPeer();
    close();
    const file = join(directory.path, 'backup');
    await backupTo(file, directory.path);
    const report = await backupTo(file, directory.path);
    expect(report.files).not.toContain('backup');
  });

  it('tells which files it left out as too large, and follows no links', async () => {
    const { directory, close, file } = await runningPeer();
    writeFileSync(join(directory.path, 'film.bin'), Buffer.alloc(16 * 2 ** 20 + 1));
    writeFileSync(join(directory.path, 'tls.json'), '{}');
    symlinkSync('/etc/hostname', join(directory.path, 'link.json'));
    const report = await backupTo(file, directory.path);
    close();
    expect(report.leftOut).toEqual(['film.bin']);
    expect(report.files).toContain('tls.json');
    expect(report.files).not.toContain('link.json');
  });

  it('says of a place where it cannot be written that it was not made, and what to name instead', async () => {
    const { directory, close } = await runningPeer();
    const folder = temporaryDirectory();
    mkdirSync(join(folder, 'full', 'of things'), { recursive: true });
    writeFileSync(join(folder, 'file'), '');
    for (const place of ['missing/peer.backup', 'file/peer.backup', 'full', 'x'.repeat(300)]) {
      const file = join(folder, place);
      const problem = await backupTo(file, directory.path).catch((error: unknown) => error);
      expect(problem, place).toMatchObject({ code: 'folder-unwritable' });
      expect(String(problem)).toContain(`No backup was made: ${file} cannot be written`);
    }
    expect(readdirSync(folder).toSorted()).toEqual(['file', 'full']);
    close();
  });

  it('leaves nothing behind where there is no peer to back up', async () => {
    const file = join(temporaryDirectory(), 'backup');
    await expect(backupTo(file, temporaryDirectory())).rejects.toThrow();
    expect(readdirSync(join(file, '..'))).toEqual([]);
  });
});

describe('Restoring a backup', () => {
  /** The refusal; whatever it is, nothing may have been written. */
  async function refusalOf(file: string) {
    const parent = temporaryDirectory();
    const refusal = await problemOf(() => restoreFrom(file, join(parent, 'new')));
    expect(readdirSync(parent)).toEqual([]);
    return refusal;
  }

  it('goes into an empty folder and never into one that holds something', async () => {
    const file = await backedUp();
    const empty = temporaryDirectory();
    await restoreFrom(file, empty);
    expect(existsSync(join(empty, 'souk.db'))).toBe(true);
    const before = readFileSync(join(empty, 'souk.db'));
    const refusal = await problemOf(() => restoreFrom(file, empty));
    expect(refusal.code).toBe('folder-not-empty');
    expect(refusal.message).toContain(empty);
    expect(readFileSync(join(empty, 'souk.db')).equals(before)).toBe(true);
  });

  it('refuses a backup in which any byte has changed', async () => {
    const file = await backedUp();
    changeBackup(file, `UPDATE parts SET bytes = x'7b7d' WHERE name = 'key.json'`);
    const refusal = await refusalOf(file);
    expect(refusal.code).toBe('backup-damaged');
    expect(refusal.message).toContain('key.json has changed');
  });

  it('refuses a backup that lacks a part or its database', async () => {
    const short = await backedUp(3000);
    changeBackup(short, `DELETE FROM parts WHERE name = 'souk.db' AND part = 1`);
    expect((await refusalOf(short)).message).toContain('souk.db has changed');
    const none = await backedUp();
    changeBackup(none, `DELETE FROM files WHERE name = 'souk.db'`);
    expect((await refusalOf(none)).message).toContain('it has no database');
  });

  it('refuses a backup that would write elsewhere', async () => {
    for (const name of ['../evil', '/etc/evil', '..', '.hidden', 'a/b', 'a\\b', '']) {
      const file = await backedUp(1);
      changeBackup(file, `UPDATE files SET name = '${name}' WHERE name = 'key.json'`);
      expect((await refusalOf(file)).message).toContain('is no name of a file');
    }
  });

  it('refuses what is no backup, or is cut short, or is not there', async () => {
    const file = await backedUp(3000);
    const bytes = readFileSync(file);
    const cut = join(temporaryDirectory(), 'cut');
    writeFileSync(cut, bytes.subarray(0, bytes.length / 2));
    const text = join(temporaryDirectory(), 'text');
    writeFileSync(text, 'no backup at all, only some text');
    const other = join(temporaryDirectory(), 'other');
    openDatabase(other).close();
    for (const path of [cut, text, other, join(temporaryDirectory(), 'missing')]) {
      expect((await refusalOf(path)).code).toBe('backup-damaged');
    }
  });

  it('refuses the backup of a newer Souk', async () => {
    const { directory, close, file } = await runningPeer(1);
    const database = new DatabaseSync(directory.file('database'));
    database.exec('PRAGMA user_version = 99');
    database.close();
    await backupTo(file, directory.path);
    close();
    expect((await refusalOf(file)).code).toBe('database-newer');
    changeBackup(file, 'PRAGMA user_version = 99');
    expect((await refusalOf(file)).message).toContain('a newer Souk made it');
  });
});
