import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { collection } from './collection.ts';
import type { OpenedStore, OpenStore } from './opened-store.suite.ts';
import type { BatchRun, Store } from './store.ts';

const names = collection<{ readonly name: string }>()('names', ['name']);
const later = collection<{ readonly name: string }>()('later', ['name']);

/** The promises of `Store.batch`. */
export function storeBatchSuite(name: string, open: OpenStore): void {
  describe(`${name} in batches`, () => {
    let opened: OpenedStore;
    let store: Store;
    beforeEach(async () => {
      opened = await open();
      store = opened.store;
    });
    afterEach(() => opened.close());
    const all = () => store.transaction((tx) => tx.scan(names).map((record) => record.name));

    it('keeps all parts and shows each what the parts before it wrote', () => {
      const seen = store.batch((run) => {
        run((tx) => tx.put(names, { name: 'ann' }));
        return run((tx) => {
          tx.put(names, { name: 'bob' });
          return tx.scan(names).length;
        });
      });
      expect(seen).toBe(2);
      expect(all()).toEqual(['ann', 'bob']);
    });

    it('takes back alone the part that throws, whose error its caller gets', () => {
      const failure = new Error('no');
      store.batch((run) => {
        run((tx) => tx.put(names, { name: 'ann' }));
        const fails = () =>
          run((tx) => {
            tx.put(names, { name: 'bob' });
            tx.remove(names, 'ann');
            tx.put(later, { name: 'first use' });
            throw failure;
          });
        expect(fails).toThrow(failure);
        run((tx) => {
          expect(tx.scan(later)).toEqual([]);
          tx.put(names, { name: 'cal' });
        });
      });
      expect(all()).toEqual(['ann', 'cal']);
    });

    it('takes back everything when the batch itself throws', () => {
      store.transaction((tx) => tx.put(names, { name: 'ann' }));
      const failure = new Error('no');
      const work = () =>
        store.batch((run) => {
          run((tx) => tx.put(names, { name: 'bob' }));
          run((tx) => {
            tx.remove(names, 'ann');
            tx.put(later, { name: 'first use' });
          });
          throw failure;
        });
      expect(work).toThrow(failure);
      expect(all()).toEqual(['ann']);
      expect(store.transaction((tx) => tx.scan(later))).toEqual([]);
    });

    it('refuses parts, transactions and batches within one another', () => {
      store.batch((run) => {
        expect(() => store.transaction(() => 1)).toThrow('do not nest');
        expect(() => store.batch(() => 1)).toThrow('do not nest');
        run((tx) => {
          expect(() => run(() => 1)).toThrow('do not nest');
          tx.put(names, { name: 'ann' });
        });
      });
      expect(all()).toEqual(['ann']);
    });

    it('refuses a part after the batch has ended, also while another is open', () => {
      const leaked = store.batch((run): BatchRun => run);
      expect(() => leaked(() => 1)).toThrow('The batch has ended');
      store.batch(() => expect(() => leaked(() => 1)).toThrow('The batch has ended'));
    });

    it('refuses a transaction of a part that has ended', () => {
      store.batch((run) => {
        const ended = run((tx) => tx);
        expect(() => ended.scan(names)).toThrow('The transaction has ended');
        run(() => expect(() => ended.scan(names)).toThrow('The transaction has ended'));
      });
    });

    it('does nothing at all for a batch without parts', () => {
      expect(store.batch(() => 7)).toBe(7);
      expect(all()).toEqual([]);
    });
  });
}
