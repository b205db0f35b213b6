import type { Store } from './store.ts';

export interface OpenedStore {
  readonly store: Store;
  close(): void | Promise<void>;
}

/** Opens an empty store; the suite closes it. */
export type OpenStore = () => OpenedStore | Promise<OpenedStore>;
