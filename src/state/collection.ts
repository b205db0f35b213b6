/** A value that can stand in a key: texts order by code point, after numbers (`isKeyPart`). */
export type KeyPart = string | number;

/**
 * A kind of record that a peer keeps: its name, the fields that make its key, and the indexes by which
 * it is scanned. Records are plain JSON objects. A record whose indexed field is absent is not in that index.
 */
export interface Collection<R extends object, K extends string = string> {
  readonly name: string;
  readonly key: readonly K[];
  readonly indexes: Readonly<Record<string, readonly string[]>>;
  /** Never read: carries the record's type. */
  readonly record?: R;
}

type FieldOf<R> = Extract<keyof R, string>;

/** `collection<Tab>()('tabs', ['peer', 'currency'])`: the record's type is named, its fields are inferred. */
export function collection<R extends object>() {
  return <const K extends readonly [FieldOf<R>, ...FieldOf<R>[]]>(
    name: string,
    key: K,
    indexes: Readonly<Record<string, readonly [FieldOf<R>, ...FieldOf<R>[]]>> = {},
  ): Collection<R, K[number]> => ({ name, key, indexes });
}
