import { neighborBookSuite } from './neighbor-book.suite.ts';
import { MemoryNeighborBook } from './neighbors.ts';

neighborBookSuite('MemoryNeighborBook', () => ({
  book: new MemoryNeighborBook(),
  close: () => undefined,
}));
