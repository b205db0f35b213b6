import type { Collection, KeyPart } from './collection.ts';

/**
 * The records of one collection in memory, found by their key: one record, a few of them that are compared one
 * by one, or many, told apart by the next part of their key. Few records so need little more memory than
 * themselves, and no key is ever put together.
 */
export type Node = object | readonly object[] | Branch;
export type Branch = Map<KeyPart, Node>;

type Fields = Readonly<Record<string, unknown>>;

/** More are told apart by a part of their key. */
const fewMax = 8;

/** Where a record went, and which one it took the place of. */
export interface Placed {
  readonly node: Node;
  readonly before: object | undefined;
}

/** The record with this key. What is no key part is found nowhere. */
export function findIn(
  root: Node | undefined,
  of: Collection<object>,
  key: readonly KeyPart[],
): object | undefined {
  let node = root;
  let depth = 0;
  while (node instanceof Map) node = node.get(key[depth++] as KeyPart);
  if (node === undefined) return undefined;
  if (!Array.isArray(node)) return hasKey(of.key, node, key) ? node : undefined;
  const at = placeIn(of.key, node, key);
  return at < 0 ? undefined : (node[at] as object);
}

/** Puts a record whose key this is in the place of the one that has it. */
export function placed(
  root: Node | undefined,
  of: Collection<object>,
  key: readonly KeyPart[],
  record: object,
): Placed {
  let branch: Branch | undefined;
  let node = root;
  let depth = 0;
  while (node instanceof Map) {
    branch = node;
    node = node.get(key[depth++] as KeyPart);
  }
  const put = placedInLeaf(node, of.key, key, record, depth);
  if (!branch) return put;
  if (put.node !== node) branch.set(key[depth - 1] as KeyPart, put.node);
  return { node: root as Node, before: put.before };
}

function placedInLeaf(
  leaf: Exclude<Node, Branch> | undefined,
  fields: readonly string[],
  key: readonly KeyPart[],
  record: object,
  depth: number,
): Placed {
  if (leaf === undefined) return { node: record, before: undefined };
  if (!Array.isArray(leaf)) {
    const same = hasKey(fields, leaf, key);
    return same ? { node: record, before: leaf } : { node: [leaf, record], before: undefined };
  }
  const at = placeIn(fields, leaf, key);
  if (at >= 0) {
    const before = leaf[at] as object;
    leaf[at] = record;
    return { node: leaf, before };
  }
  // A list that grows by pushing takes room for sixteen more.
  const few = [...leaf, record];
  return { node: few.length > fewMax ? parted(few, fields, depth) : few, before: undefined };
}

/** What is left without the record of this key; undefined where nothing is. */
export function without(
  node: Node,
  of: Collection<object>,
  key: readonly KeyPart[],
  depth = 0,
): Node | undefined {
  if (node instanceof Map) {
    const part = key[depth] as KeyPart;
    const child = node.get(part);
    const left = child === undefined ? undefined : without(child, of, key, depth + 1);
    if (left === undefined) node.delete(part);
    else if (left !== child) node.set(part, left);
    return node.size === 0 ? undefined : node;
  }
  if (!Array.isArray(node)) return hasKey(of.key, node, key) ? undefined : node;
  const at = placeIn(of.key, node, key);
  if (at < 0) return node;
  const left = node.filter((_, place) => place !== at);
  return left.length === 1 ? left[0] : left;
}

/** What stands under the first parts of a key: all whose key begins with them, and perhaps a few others. */
export function under(root: Node | undefined, prefix: readonly KeyPart[]): Node | undefined {
  let node = root;
  for (let depth = 0; node instanceof Map && depth < prefix.length; depth++) {
    node = node.get(prefix[depth] as KeyPart);
  }
  return node;
}

export function eachIn(node: Node | undefined, work: (record: object) => void): void {
  if (node === undefined) return;
  if (node instanceof Map) for (const child of node.values()) eachIn(child, work);
  else if (Array.isArray(node)) for (const record of node) work(record);
  else work(node);
}

function parted(few: readonly object[], fields: readonly string[], depth: number): Branch {
  const branch: Branch = new Map();
  const field = fields[depth] as string;
  for (const record of few) {
    const part = (record as Fields)[field] as KeyPart;
    const there = branch.get(part);
    if (there === undefined) branch.set(part, record);
    else branch.set(part, Array.isArray(there) ? [...there, record] : [there, record]);
  }
  for (const [part, child] of branch) {
    if (Array.isArray(child) && child.length > fewMax)
      branch.set(part, parted(child, fields, depth + 1));
  }
  return branch;
}

function placeIn(
  fields: readonly string[],
  few: readonly object[],
  key: readonly KeyPart[],
): number {
  for (let at = 0; at < few.length; at++) {
    if (hasKey(fields, few[at] as object, key)) return at;
  }
  return -1;
}

/** The last part tells most records apart. */
function hasKey(fields: readonly string[], record: object, key: readonly KeyPart[]): boolean {
  for (let at = fields.length - 1; at >= 0; at--) {
    if ((record as Fields)[fields[at] as string] !== key[at]) return false;
  }
  return true;
}
