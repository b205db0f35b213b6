import type { DatabaseSync } from 'node:sqlite';
import { type Collection, keyOf } from '../../src/state/index.ts';
import {
  columnsOf,
  indexName,
  keyPartOrNull,
  optionalColumns,
  quoted,
  recordColumn,
} from './sqlite-names.ts';

/**
 * Makes the table of a collection, or lays it out anew from its records where a newer Souk changed the
 * collection's key or indexes. Columns have no declared type, so SQLite keeps every value as it is and
 * orders numbers before texts, and texts by their UTF-8 bytes, which is by code point.
 */
export function layOut(database: DatabaseSync, of: Collection<object>): void {
  const wanted = [
    tableText(of, of.name),
    ...Object.keys(of.indexes).map((by) => indexText(of, by)),
  ];
  const standing = database
    .prepare('SELECT sql FROM sqlite_schema WHERE tbl_name = ? AND sql IS NOT NULL')
    .all(of.name)
    .map((row) => row['sql']);
  if (standing.length === 0) {
    for (const text of wanted) database.exec(text);
  } else if (wanted.toSorted().join() !== standing.toSorted().join()) {
    layOutAnew(database, of);
  }
}

function layOutAnew(database: DatabaseSync, of: Collection<object>): void {
  const next = `${of.name}~next`;
  database.exec(tableText(of, next));
  const columns = columnsOf(of);
  const places = ['?', ...columns.map(() => '?')].join(', ');
  const insert = database.prepare(`INSERT INTO ${quoted(next)} VALUES (${places})`);
  for (const row of database.prepare(`SELECT ${recordColumn} FROM ${quoted(of.name)}`).iterate()) {
    const text = String(row['_record']);
    const record = JSON.parse(text) as Readonly<Record<string, unknown>>;
    keyOf(of, record);
    insert.run(...columns.map((field) => keyPartOrNull(record[field])), text);
  }
  database.exec(`DROP TABLE ${quoted(of.name)}`);
  database.exec(`ALTER TABLE ${quoted(next)} RENAME TO ${quoted(of.name)}`);
  for (const by of Object.keys(of.indexes)) database.exec(indexText(of, by));
}

function tableText(of: Collection<object>, name: string): string {
  const columns = columnsOf(of).map(quoted).join(', ');
  const key = of.key.map(quoted).join(', ');
  return `CREATE TABLE ${quoted(name)} (${columns}, ${recordColumn}, PRIMARY KEY (${key})) WITHOUT ROWID`;
}

/** A record that lacks an indexed field is not in the index. */
function indexText(of: Collection<object>, by: string): string {
  const fields = [...new Set(of.indexes[by])].map(quoted).join(', ');
  const present = optionalColumns(of, by).map((field) => `${quoted(field)} IS NOT NULL`);
  const condition = present.length > 0 ? ` WHERE ${present.join(' AND ')}` : '';
  const name = quoted(indexName(of, by));
  return `CREATE INDEX ${name} ON ${quoted(of.name)} (${fields})${condition}`;
}
