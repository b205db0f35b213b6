import type { DatabaseSync } from 'node:sqlite';
import { changesIn, type TableLog } from './change-log.ts';
import { keyPartOrNull, logTable, quoted } from './sqlite-names.ts';
import { storageProblem } from './storage-problem.ts';

/**
 * Writes into the tables what a process that was killed left in the log. The tables are as that process knew
 * them, also where this one would lay them out otherwise. Nothing where it had ended in order.
 */
export function takeUpLog(database: DatabaseSync): void {
  const log = quoted(logTable);
  const rows = database.prepare(`SELECT changes FROM ${log} ORDER BY n`).all();
  if (rows.length === 0) return;
  database.exec('BEGIN IMMEDIATE');
  try {
    for (const row of rows) {
      for (const [table, log] of changesIn(String(row['changes']))) takeUp(database, table, log);
    }
    database.exec(`DELETE FROM ${log}; COMMIT`);
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw storageProblem(error, database.location() ?? 'the database in memory');
  }
}

function takeUp(database: DatabaseSync, table: string, { put, remove }: TableLog): void {
  const { fields, key } = columnsIn(database, table);
  const places = ['?', ...fields.map(() => '?')].join(', ');
  const insert = database.prepare(`INSERT OR REPLACE INTO ${quoted(table)} VALUES (${places})`);
  for (const record of put) {
    insert.run(...fields.map((field) => keyPartOrNull(record[field])), JSON.stringify(record));
  }
  const whole = key.map((field) => `${quoted(field)} = ?`).join(' AND ');
  const erase = database.prepare(`DELETE FROM ${quoted(table)} WHERE ${whole}`);
  for (const parts of remove) erase.run(...parts);
}

/** All columns of a collection's table but the record, which is the last one, and those of its key in order. */
function columnsIn(database: DatabaseSync, table: string) {
  const columns = database.prepare('SELECT name, pk FROM pragma_table_info(?)').all(table);
  const inKey = columns.filter(({ pk }) => Number(pk) > 0);
  return {
    fields: columns.slice(0, -1).map(({ name }) => String(name)),
    key: inKey
      .toSorted((a, b) => Number(a['pk']) - Number(b['pk']))
      .map(({ name }) => String(name)),
  };
}
