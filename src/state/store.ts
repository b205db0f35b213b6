import type { Collection, KeyPart } from './collection.ts';

/** Which records to scan, in the order of the key or of the named index. */
export interface Scan {
  /** An index of the collection; the key where it is not said. */
  readonly by?: string;
  /** The first fields of the key or index equal these. */
  readonly prefix?: readonly KeyPart[];
  /** Bounds on the field after the prefix: from ≤ field ≤ to; after < field. */
  readonly from?: KeyPart;
  readonly after?: KeyPart;
  readonly to?: KeyPart;
  readonly descending?: boolean;
  readonly limit?: number;
}

/**
 * What one input of the core may do with the state.
 * - Reads MUST see the writes made before in the same transaction.
 * - A record that was given or received MUST NOT be changed afterwards; `put` replaces it as a whole.
 * - A scan MUST order by the fields of the key or index, then by the key; it reads what stood there when it began.
 */
export interface Transaction {
  get<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): R | undefined;
  put<R extends object>(of: Collection<R>, record: R): void;
  remove<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): void;
  scan<R extends object>(of: Collection<R>, scan?: Scan): readonly R[];
}

/**
 * The state port: everything that must survive a crash.
 * - `transaction` MUST make all writes of `work` durable before it returns, or none of them when `work`
 *   throws; the error passes through.
 * - Transactions MUST NOT nest.
 */
export interface Store {
  transaction<T>(work: (tx: Transaction) => T): T;
}
