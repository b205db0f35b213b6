import { describe, expect, it } from 'vitest';
import { allInOrder } from './all-in-order.ts';

describe('doing all in order', () => {
  it('waits for each before the next', async () => {
    const done: number[] = [];
    await allInOrder(
      async () => {
        await new Promise(setImmediate);
        done.push(1);
      },
      () => done.push(2),
    );
    expect(done).toEqual([1, 2]);
  });

  it('goes on behind what fails, and tells of the first', async () => {
    const done: number[] = [];
    const all = allInOrder(
      () => Promise.reject(new Error('The disk is full.')),
      () => {
        throw new Error('And this.');
      },
      () => done.push(3),
    );
    await expect(all).rejects.toThrow('The disk is full.');
    expect(done).toEqual([3]);
  });
});
