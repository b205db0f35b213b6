import type { Collection, KeyPart } from './collection.ts';

/** Which records to scan, in the order of the key or of the named index. */
export interface Scan {
  /** An index of the collection; the key where it is not said. */
  readonly by?: string;
  /** The first fields of the key or index equal these. */
  readonly prefix?: readonly KeyPart[];
  /** Bounds on the field after the prefix: from ≤ field ≤ to; after < field, which then stands for from. */
  readonly from?: KeyPart;
  readonly after?: KeyPart;
  readonly to?: KeyPart;
  readonly descending?: boolean;
  /** At most so many records, a whole number from 0; all of them where it is not said. */
  readonly limit?: number;
}

/**
 * What one input of the core may do with the state.
 * - Reads MUST see the writes made before in the same transaction.
 * - A record that was given or received MUST NOT be changed afterwards; `put` replaces it as a whole.
 * - A scan MUST order by the fields of the key or index, then by the key: numbers before texts, texts by
 *   code point. It reads what stood there when it began.
 * - What is no key part, or not the whole key, MUST be refused with a TypeError before anything is written.
 * - After its transaction ended it MUST refuse every call.
 */
export interface Transaction {
  get<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): R | undefined;
  put<R extends object>(of: Collection<R>, record: R): void;
  remove<R extends object>(of: Collection<R>, ...key: readonly KeyPart[]): void;
  scan<R extends object>(of: Collection<R>, scan?: Scan): readonly R[];
}

/** Carries out one part of a batch; see `Store.batch`. */
export type BatchRun = <U>(one: (tx: Transaction) => U) => U;

/**
 * The state port: everything that must survive a crash.
 * - `transaction` MUST make all writes of `work` durable before it returns, or none of them when `work`
 *   throws; the error passes through.
 * - `batch` MUST make the writes of all parts that `work` ran durable at once before it returns. A part
 *   that throws leaves nothing behind; its error passes through to the caller of `run`, who may go on with
 *   the next part. When `batch` itself throws, nothing of any part happened: what the parts returned
 *   MUST NOT be acted upon before `batch` returned.
 * - Transactions, batches and their parts MUST NOT nest.
 */
export interface Store {
  transaction<T>(work: (tx: Transaction) => T): T;
  batch<T>(work: (run: BatchRun) => T): T;
}
