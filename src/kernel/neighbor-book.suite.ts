import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { type PeerId, peerIdOf } from '../identity/index.ts';
import type { Neighbor, NeighborBook } from './neighbors.ts';

export interface OpenedNeighborBook {
  readonly book: NeighborBook;
  close(): void | Promise<void>;
}

/** A peer id that is as good as any. */
export function somePeer(number: number): PeerId {
  return peerIdOf(new Uint8Array(32).fill(number));
}

export function someNeighbor(number: number, change: Partial<Neighbor> = {}): Neighbor {
  return {
    peer: somePeer(number),
    name: `Peer ${number}`,
    list: 'secondary',
    since: 1_750_000_000_000,
    reason: 'met on a search',
    endpoints: ['https://192.0.2.1:7685'],
    ...change,
  };
}

/** The behavior that every implementation of the neighbors port has. */
export function neighborBookSuite(
  name: string,
  open: () => OpenedNeighborBook | Promise<OpenedNeighborBook>,
): void {
  describe(`${name} as a neighbor book`, () => {
    let opened: OpenedNeighborBook;
    let book: NeighborBook;
    beforeEach(async () => {
      opened = await open();
      book = opened.book;
    });
    afterEach(() => opened.close());

    it('knows nobody at first', () => {
      expect(book.all()).toEqual([]);
      expect(book.get(somePeer(1))).toBeUndefined();
    });

    it('shows at once what was put', () => {
      book.put(someNeighbor(1, { creditLimit: 7 as Amount }));
      book.put(someNeighbor(2));
      expect(book.get(somePeer(1))).toEqual(someNeighbor(1, { creditLimit: 7 as Amount }));
      expect(book.all()).toHaveLength(2);
      expect(book.all()).toContainEqual(someNeighbor(2));
    });

    it('replaces a neighbor as a whole', () => {
      book.put(someNeighbor(1, { creditLimit: 7 as Amount }));
      book.put(someNeighbor(1, { list: 'undesirable', reason: 'did not pay' }));
      expect(book.all()).toEqual([someNeighbor(1, { list: 'undesirable', reason: 'did not pay' })]);
    });

    it('forgets at once who was removed, and takes no offence at a stranger', () => {
      book.put(someNeighbor(1));
      book.put(someNeighbor(2));
      book.remove(somePeer(1));
      book.remove(somePeer(3));
      expect(book.get(somePeer(1))).toBeUndefined();
      expect(book.all()).toEqual([someNeighbor(2)]);
    });

    it('leaves a list that was given out as it was', () => {
      book.put(someNeighbor(1));
      const list = book.all();
      book.put(someNeighbor(2));
      expect(list).toHaveLength(1);
    });
  });
}
