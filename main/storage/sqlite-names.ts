import { type Collection, isKeyPart } from '../../src/state/index.ts';

/** The column that holds the whole record. No field of a collection may have this name. */
export const recordColumn = '"_record"';

/** Where changes stand that the tables have not been told of. No collection has this name. */
export const logTable = '~log';

export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The fields that are columns: those of the key, then those of the indexes, each once. */
export function columnsOf(of: Collection<object>): readonly string[] {
  return [...new Set([...of.key, ...Object.values(of.indexes).flat()])];
}

export function indexName(of: Collection<object>, index: string): string {
  return `${of.name}.${index}`;
}

/**
 * The fields of an index that a record may lack. Fields of the key are never absent, and SQLite, which knows
 * that, would not take an index that asks for them in a condition.
 */
export function optionalColumns(of: Collection<object>, by: string): readonly string[] {
  return (of.indexes[by] ?? []).filter((field) => !of.key.includes(field));
}

/** A record that lacks an indexed field has none in its column. */
export function keyPartOrNull(value: unknown): string | number | null {
  return isKeyPart(value) ? value : null;
}
