import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collection } from './collection.ts';
import type { OpenedStore, OpenStore } from './opened-store.suite.ts';
import type { Scan, Store } from './store.ts';
import { storeBatchSuite } from './store-batch.suite.ts';
import { storeModelSuite } from './store-model.suite.ts';

interface Tab {
  readonly peer: string;
  readonly currency: string;
  readonly balance?: number;
  readonly state?: string | null;
  readonly note?: string;
}
const tabs = collection<Tab>()('tabs', ['peer', 'currency'], {
  balance: ['balance'],
  state: ['state', 'balance'],
  currency: ['currency'],
});
interface Mixed {
  readonly key: string | number;
}
const mixed = collection<Mixed>()('mixed', ['key']);

/** The behavior that every implementation of the state port has. */
export function storeSuite(name: string, open: OpenStore): void {
  describe(`${name} as a store`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());

    const put = (...records: Tab[]) =>
      store.transaction((tx) => {
        for (const record of records) tx.put(tabs, record);
      });
    const found = (scan?: Scan) => store.transaction((tx) => tx.scan(tabs, scan));
    const peers = (scan?: Scan) => found(scan).map(({ peer }) => peer);

    it('reads in a transaction what was written before in it', () => {
      store.transaction((tx) => {
        expect(tx.get(tabs, 'ann', 'eur')).toBeUndefined();
        tx.put(tabs, { peer: 'ann', currency: 'eur', balance: 5 });
        expect(tx.get(tabs, 'ann', 'eur')).toEqual({ peer: 'ann', currency: 'eur', balance: 5 });
        expect(tx.scan(tabs, { by: 'balance' })).toHaveLength(1);
        tx.remove(tabs, 'ann', 'eur');
        expect(tx.get(tabs, 'ann', 'eur')).toBeUndefined();
        expect(tx.scan(tabs, { by: 'balance' })).toEqual([]);
      });
    });

    it('keeps what a transaction wrote, and returns what the work returns', () => {
      const answer = store.transaction((tx) => {
        tx.put(tabs, { peer: 'ann', currency: 'eur', note: 'zwölf "Maß" \u0000 😀' });
        return 42;
      });
      expect(answer).toBe(42);
      expect(found()).toEqual([{ peer: 'ann', currency: 'eur', note: 'zwölf "Maß" \u0000 😀' }]);
    });

    it('leaves nothing behind when the work throws, and passes the error through', () => {
      put({ peer: 'ann', currency: 'eur', balance: 1 }, { peer: 'bob', currency: 'eur' });
      const before = [found(), found({ by: 'balance' })];
      const failure = new Error('no');
      const work = () =>
        store.transaction((tx) => {
          tx.put(tabs, { peer: 'ann', currency: 'eur', balance: 2 });
          tx.put(tabs, { peer: 'cal', currency: 'eur', balance: 3 });
          tx.remove(tabs, 'bob', 'eur');
          tx.put(mixed, { key: 'first use' });
          throw failure;
        });
      expect(work).toThrow(failure);
      expect([found(), found({ by: 'balance' })]).toEqual(before);
      expect(store.transaction((tx) => tx.get(mixed, 'first use'))).toBeUndefined();
      store.transaction((tx) => tx.put(mixed, { key: 'second use' }));
      expect(store.transaction((tx) => tx.scan(mixed))).toEqual([{ key: 'second use' }]);
    });

    it('refuses transactions and batches within a transaction, and goes on after it', () => {
      store.transaction((tx) => {
        expect(() => store.transaction(() => 1)).toThrow('do not nest');
        expect(() => store.batch(() => 1)).toThrow('do not nest');
        tx.put(tabs, { peer: 'ann', currency: 'eur' });
      });
      expect(peers()).toEqual(['ann']);
    });

    it('refuses a transaction that has ended', () => {
      const ended = store.transaction((tx) => tx);
      const refusal = 'The transaction has ended';
      expect(() => ended.get(tabs, 'ann', 'eur')).toThrow(refusal);
      expect(() => ended.put(tabs, { peer: 'ann', currency: 'eur' })).toThrow(refusal);
      expect(() => ended.remove(tabs, 'ann', 'eur')).toThrow(refusal);
      expect(() => ended.scan(tabs)).toThrow(refusal);
      store.transaction(() => expect(() => ended.scan(tabs)).toThrow(refusal));
    });

    it('replaces a record as a whole and moves it in every index', () => {
      put({ peer: 'ann', currency: 'eur', balance: 1, state: 'open', note: 'old' });
      put({ peer: 'ann', currency: 'eur', balance: 9, state: 'closed' });
      expect(found()).toEqual([{ peer: 'ann', currency: 'eur', balance: 9, state: 'closed' }]);
      expect(found({ by: 'balance' })).toHaveLength(1);
      expect(found({ by: 'balance', to: 8 })).toEqual([]);
      expect(found({ by: 'state', prefix: ['open'] })).toEqual([]);
      expect(found({ by: 'state', prefix: ['closed', 9] })).toHaveLength(1);
    });

    it('removes what is there and takes no offence at what is not', () => {
      put({ peer: 'ann', currency: 'eur' }, { peer: 'ann', currency: 'usd' });
      store.transaction((tx) => {
        tx.remove(tabs, 'ann', 'eur');
        tx.remove(tabs, 'bob', 'eur');
      });
      expect(found()).toEqual([{ peer: 'ann', currency: 'usd' }]);
    });

    it('scans by key, from either end, within a prefix and bounds, up to a limit', () => {
      put(
        { peer: 'bob', currency: 'usd' },
        { peer: 'ann', currency: 'usd' },
        { peer: 'cal', currency: 'eur' },
        { peer: 'bob', currency: 'eur' },
      );
      expect(peers()).toEqual(['ann', 'bob', 'bob', 'cal']);
      expect(peers({ descending: true })).toEqual(['cal', 'bob', 'bob', 'ann']);
      expect(found({ prefix: ['bob'] }).map((tab) => tab.currency)).toEqual(['eur', 'usd']);
      expect(peers({ prefix: ['bob', 'usd'] })).toEqual(['bob']);
      expect(peers({ from: 'bob' })).toEqual(['bob', 'bob', 'cal']);
      expect(peers({ after: 'bob' })).toEqual(['cal']);
      expect(peers({ to: 'bob' })).toEqual(['ann', 'bob', 'bob']);
      expect(peers({ from: 'cal', to: 'ann' })).toEqual([]);
      expect(peers({ prefix: ['bob'], after: 'eur' })).toEqual(['bob']);
      expect(peers({ limit: 2 })).toEqual(['ann', 'bob']);
      expect(peers({ limit: 1, descending: true })).toEqual(['cal']);
      expect(peers({ limit: 0 })).toEqual([]);
    });

    it('scans an index by its fields and then by the key, without records that lack a field', () => {
      put(
        { peer: 'eve', currency: 'eur', balance: 10, state: 'open' },
        { peer: 'dan', currency: 'eur', balance: 9, state: 'open' },
        { peer: 'cal', currency: 'eur', balance: 10, state: 'open' },
        { peer: 'bob', currency: 'eur', state: 'open' },
        { peer: 'ann', currency: 'eur', balance: 10, state: null },
        { peer: 'fay', currency: 'eur', balance: 0.5, state: 'open' },
      );
      expect(peers({ by: 'balance' })).toEqual(['dan', 'ann', 'cal', 'eve']);
      expect(peers({ by: 'state' })).toEqual(['dan', 'cal', 'eve']);
      expect(peers({ by: 'state', descending: true })).toEqual(['eve', 'cal', 'dan']);
      expect(peers({ by: 'state', prefix: ['open'], from: 10 })).toEqual(['cal', 'eve']);
      expect(peers({ by: 'state', prefix: ['open'], to: 9 })).toEqual(['dan']);
      expect(peers({ by: 'state', prefix: ['open', 10], after: 'cal' })).toEqual(['eve']);
      expect(peers({ by: 'currency', prefix: ['eur'], after: 'ann', limit: 2 })).toEqual([
        'bob',
        'cal',
      ]);
    });

    it('orders numbers by value and before texts, and tells 1 from "1"', () => {
      const keys = ['1', 10, 'a', -3, '', 9, 1, '10', Number.MAX_SAFE_INTEGER, '9'];
      store.transaction((tx) => {
        for (const key of keys) tx.put(mixed, { key });
        expect(tx.scan(mixed).map(({ key }) => key)).toEqual([
          ...[-3, 1, 9, 10, Number.MAX_SAFE_INTEGER],
          ...['', '1', '10', '9', 'a'],
        ]);
        expect(tx.get(mixed, 1)).toEqual({ key: 1 });
        expect(tx.get(mixed, '1')).toEqual({ key: '1' });
        expect(tx.get(mixed, 3)).toBeUndefined();
        expect(tx.scan(mixed, { from: 10, to: '1' })).toHaveLength(4);
      });
    });

    it('orders texts by code point, where JavaScript would put 😀 before U+FFFD', () => {
      const inOrder = [
        '',
        '\u0000',
        '\u0000a',
        'Z',
        'a',
        'aa',
        'ä',
        '\ud7ff',
        '\ufffd',
        '😀',
        '😁a',
      ];
      store.transaction((tx) => {
        for (const key of inOrder.toReversed()) tx.put(mixed, { key });
        expect(tx.scan(mixed).map(({ key }) => key)).toEqual(inOrder);
        expect(tx.scan(mixed, { from: '\ufffd' })).toHaveLength(3);
      });
    });

    it('keeps the list of a scan as it was when the scan began', () => {
      put({ peer: 'ann', currency: 'eur' }, { peer: 'bob', currency: 'eur' });
      store.transaction((tx) => {
        const list = tx.scan(tabs);
        for (const tab of list) tx.remove(tabs, tab.peer, tab.currency);
        expect(list).toHaveLength(2);
        expect(tx.scan(tabs)).toEqual([]);
      });
    });

    it('refuses what cannot stand in a key, and scans that no index serves', () => {
      store.transaction((tx) => {
        for (const key of ['\ud800', 1.5, Number.NaN, 2 ** 53]) {
          expect(() => tx.put(mixed, { key })).toThrow(TypeError);
          expect(() => tx.get(mixed, key)).toThrow(TypeError);
          expect(() => tx.remove(mixed, key)).toThrow(TypeError);
          expect(() => tx.scan(mixed, { from: key })).toThrow(TypeError);
          expect(() => tx.scan(mixed, { prefix: [key] })).toThrow(TypeError);
        }
        expect(() => tx.get(tabs, 'ann')).toThrow(TypeError);
        expect(() => tx.scan(tabs, { by: 'note' })).toThrow(TypeError);
        expect(() => tx.scan(tabs, { by: 'toString' })).toThrow(TypeError);
        expect(() => tx.scan(mixed, { prefix: ['a'], from: 'b' })).toThrow(TypeError);
        expect(tx.scan(mixed)).toEqual([]);
      });
    });
  });
  storeBatchSuite(name, open);
  storeModelSuite(name, open);
}
