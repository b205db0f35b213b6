import { describe, expect, it } from 'vitest';
import { Slots } from './slots.ts';

const never = new AbortController().signal;
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('slots', () => {
  it('admit so many at a time, in the order in which they came', async () => {
    const slots = new Slots(2);
    const admitted: number[] = [];
    for (const who of [0, 1, 2, 3]) slots.take(never).then(() => admitted.push(who));
    await settle();
    expect(admitted).toEqual([0, 1]);
    slots.leave();
    await settle();
    expect(admitted).toEqual([0, 1, 2]);
  });

  it('forget whoever no longer wants to wait', async () => {
    const slots = new Slots(1);
    await slots.take(never);
    const gone = new AbortController();
    const waiting = slots.take(gone.signal);
    const next = slots.take(never);
    gone.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    slots.leave();
    await next;
    await expect(slots.take(gone.signal)).rejects.toThrow('enough');
  });

  it('admit more at once when there are more of them, and stop nobody when there are less', async () => {
    const slots = new Slots(0);
    const both = Promise.all([slots.take(never), slots.take(never)]);
    slots.setMax(2);
    await both;
    slots.setMax(1);
    let third = false;
    slots.take(never).then(() => {
      third = true;
    });
    slots.leave();
    await settle();
    expect(third).toBe(false);
    slots.leave();
    await settle();
    expect(third).toBe(true);
  });
});
