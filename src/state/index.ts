export { type Collection, collection, type KeyPart } from './collection.ts';
export { MemoryStore } from './memory-store.ts';
export type { Scan, Store, Transaction } from './store.ts';
