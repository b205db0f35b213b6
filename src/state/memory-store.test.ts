import { MemoryStore } from './memory-store.ts';
import { storeSuite } from './store.suite.ts';

storeSuite('MemoryStore', () => ({ store: new MemoryStore(), close: () => undefined }));
