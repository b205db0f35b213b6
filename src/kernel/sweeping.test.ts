import { expect, it } from 'vitest';
import { collection, MemoryStore } from '../state/index.ts';
import { removeUntil, sweptAtOnce } from './sweeping.ts';

const notes = collection<{ readonly id: number; readonly at: number }>()('notes', ['id'], {
  at: ['at'],
});

it('removes the oldest first, a bite at a time, and says whether more may be left', () => {
  const store = new MemoryStore();
  store.transaction((tx) => {
    for (let id = 0; id <= sweptAtOnce; id++) tx.put(notes, { id, at: id });
    tx.put(notes, { id: -1, at: sweptAtOnce + 1 });
  });
  const sweep = () => store.transaction((tx) => removeUntil({ tx }, notes, 'at', sweptAtOnce));
  const left = () => store.transaction((tx) => tx.scan(notes)).map(({ at }) => at);
  expect(sweep()).toBe(true);
  expect(left()).toEqual([sweptAtOnce + 1, sweptAtOnce]);
  expect(sweep()).toBe(false);
  expect(left()).toEqual([sweptAtOnce + 1]);
});
