import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileNames, openDatabase, SqliteStore } from '../../main/storage/index.ts';
import type { PeerProcess } from './peer.ts';

/** The tables in which money, deals and keys stand; others hold what time alone changes, such as polls. */
const tables = [
  'journal',
  'postings',
  'tabs',
  'tabEntries',
  'mirrors',
  'expectedEntries',
  'tabPayments',
  'purchases',
  'sales',
  'accessKeys',
  'ledger-accounts',
  'ledger-transfers',
  'ledger-receipts',
  'ledger-supply',
  'wallet-orders',
  'wallet-receipts',
  'introductions',
  'rounds',
  'parkedRequests',
] as const;

/** A digest of a running peer's books, table by table, read past its program from a copy of its database. */
export function digestOf(peer: PeerProcess): Readonly<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'souk-digest-'));
  const database = copyOf(join(peer.options.dataDirectory, fileNames.database), folder);
  try {
    // What stands in the log alone goes into the tables.
    new SqliteStore(database);
    const standing = new Set(
      database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .all()
        .map((row) => row['name']),
    );
    return Object.fromEntries(
      tables
        .filter((name) => standing.has(name))
        .map((name) => [name, digestOfTable(database, name)]),
    );
  } finally {
    database.close();
    rmSync(folder, { recursive: true });
  }
}

function copyOf(path: string, folder: string): DatabaseSync {
  const copy = join(folder, fileNames.database);
  const running = new DatabaseSync(path, { readOnly: true });
  try {
    running.prepare('VACUUM INTO ?').run(copy);
  } finally {
    running.close();
  }
  return openDatabase(copy);
}

function digestOfTable(database: DatabaseSync, name: string): string {
  const hash = createHash('sha256');
  const records = database.prepare(`SELECT _record FROM "${name}"`).all();
  for (const text of records.map((row) => String(row['_record'])).toSorted()) hash.update(text);
  return `${records.length} ${hash.digest('hex').slice(0, 16)}`;
}
