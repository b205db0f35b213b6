import type { Collection, KeyPart } from './collection.ts';
import type { Scan } from './store.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Whether a value can stand in a key: a safe integer, or a text without lone surrogates. */
export function isKeyPart(value: unknown): value is KeyPart {
  return typeof value === 'string' ? value.isWellFormed() : Number.isSafeInteger(value);
}

/** The key of a record. Throws where a key field is missing or cannot stand in a key. */
export function keyOf(of: Collection<object>, record: object): readonly KeyPart[] {
  const key: KeyPart[] = [];
  for (const field of of.key) {
    const value = (record as Fields)[field];
    if (!isKeyPart(value)) {
      throw new TypeError(`Key field ${field} of ${of.name} is no key part: ${shown(value)}.`);
    }
    key.push(value);
  }
  return key;
}

/** Throws unless the parts are a whole key of the collection. */
export function checkKey(of: Collection<object>, key: readonly KeyPart[]): void {
  if (key.length !== of.key.length || !key.every(isKeyPart)) {
    throw new TypeError(`${shown(key)} is no key of ${of.name}: it has ${of.key.join(', ')}.`);
  }
}

/** The fields by which a scan is ordered: those of its index, then the key. */
export function scanOrder(of: Collection<object>, by: string | undefined): readonly string[] {
  if (by === undefined) return of.key;
  const fields = Object.hasOwn(of.indexes, by) ? of.indexes[by] : undefined;
  if (!fields) throw new TypeError(`Collection ${of.name} has no index ${by}.`);
  return [...fields, ...of.key];
}

/** Throws where a scan names more fields than its order has, or a value that cannot stand in a key. */
export function checkScan(of: Collection<object>, scan: Scan): void {
  const { by, prefix = [], from, after, to } = scan;
  const isBounded = from !== undefined || after !== undefined || to !== undefined;
  const fields = scanOrder(of, by).length;
  if (prefix.length + (isBounded ? 1 : 0) > fields) {
    throw new TypeError(`A scan of ${of.name} by ${by ?? 'key'} has ${fields} fields.`);
  }
  const isFine = (part: KeyPart | undefined) => part === undefined || isKeyPart(part);
  if (!prefix.every(isKeyPart) || !isFine(from) || !isFine(after) || !isFine(to)) {
    throw new TypeError(`A scan of ${of.name} names what is no key part: ${shown(scan)}.`);
  }
}

/** The order of key parts: numbers, then texts by code point. */
export function compareParts(x: KeyPart, y: KeyPart): number {
  if (typeof x === 'number') return typeof y === 'number' ? x - y : -1;
  return typeof y === 'number' ? 1 : compareTexts(x, y);
}

/** JavaScript compares UTF-16 units, SQLite UTF-8 bytes: code points are the order that both can keep. */
function compareTexts(x: string, y: string): number {
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const [a, b] = [x.charCodeAt(i), y.charCodeAt(i)];
    if (a !== b) return codePointRank(a) - codePointRank(b);
  }
  return x.length - y.length;
}

/** Surrogates stand for code points past U+FFFF, so they go behind the units U+E000 to U+FFFF. */
function codePointRank(unit: number): number {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

function shown(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}
