export { type Collection, collection, type KeyPart } from './collection.ts';
export { checkKey, checkScan, isKeyPart, keyOf, scanOrder } from './key.ts';
export { type Change, MemoryStore } from './memory-store.ts';
export type { BatchRun, Scan, Store, Transaction } from './store.ts';
