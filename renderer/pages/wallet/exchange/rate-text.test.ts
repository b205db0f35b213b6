import { expect, test } from 'vitest';
import type { Amount } from '../../../../src/amount.ts';
import { testPeerId } from '../../../../src/kernel/test-context.ts';
import { type ExchangeView, isOver, ownSides } from './rate-text.ts';

const [crowns, sols] = [testPeerId(1), testPeerId(2)];
const exchange: ExchangeView = {
  ...{ peer: testPeerId(3), id: 'AAAAAAAAAAAAAAAAAAAAAA', side: 'taker', way: 'tab' },
  ...{ state: 'asking', give: crowns, get: sols, amount: 40 as Amount, got: 60 as Amount },
  ...{ at: 0, changedAt: 0 },
};

test('the taker gave what the rate takes, the maker what it gives', () => {
  expect(ownSides(exchange)).toEqual({
    gave: { currency: crowns, amount: 40 },
    got: { currency: sols, amount: 60 },
  });
  expect(ownSides({ ...exchange, side: 'maker' })).toEqual({
    gave: { currency: sols, amount: 60 },
    got: { currency: crowns, amount: 40 },
  });
});

test('an exchange is over in the states that nothing leads out of', () => {
  expect(isOver(exchange)).toBe(false);
  expect(isOver({ ...exchange, state: 'returning' })).toBe(false);
  expect(isOver({ ...exchange, state: 'returned' })).toBe(true);
});
