import { expect, test } from 'vitest';
import type { Amount } from '../../../../src/amount.ts';
import { testPeerId } from '../../../../src/kernel/test-context.ts';
import { draftOf, rateOf } from './rate-draft.ts';
import type { OwnRate } from './rate-text.ts';

const [crowns, sols] = [testPeerId(1), testPeerId(2)];
const endOf = (day: string) => Math.floor(new Date(`${day}T23:59:59`).getTime() / 1000);
const offered: OwnRate = {
  ...{ give: crowns, get: sols, expires: endOf('2026-11-30') },
  ...{ numerator: 3 as Amount, denominator: 2 as Amount, max: 40 as Amount },
  ...{ left: 10 as Amount, expired: false },
};

test('a rate that is edited and left as it is stays the same rate', () => {
  const { left: _, expired: __, ...same } = offered;
  expect(draftOf(offered).until).toBe('2026-11-30');
  expect(rateOf(draftOf(offered))).toEqual(same);
});

test('a new rate holds for a week, and is none before all of it is written', () => {
  const empty = draftOf(undefined, new Date('2026-11-23T09:00:00').getTime());
  expect(empty.until).toBe('2026-11-30');
  expect(rateOf(empty)).toBeUndefined();
  const whole = { ...empty, give: crowns, get: sols, numerator: 3, denominator: 2, max: 40 };
  expect(rateOf(whole)).toMatchObject({ give: crowns, get: sols, expires: endOf('2026-11-30') });
  expect(rateOf({ ...whole, until: '' })).toBeUndefined();
  expect(rateOf({ ...whole, max: 0 })).toBeUndefined();
});

test('a currency is not exchanged for itself', () => {
  expect(rateOf({ ...draftOf(offered), get: crowns })).toBeUndefined();
});
