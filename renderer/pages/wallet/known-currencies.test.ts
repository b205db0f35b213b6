import { expect, test } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { testPeerId } from '../../../src/kernel/test-context.ts';
import { namedCurrencies } from './known-currencies.ts';

const [bobs, carols, daves] = [testPeerId(1), testPeerId(2), testPeerId(3)];
const takes = (currency: typeof bobs) => ({
  currency,
  endpoints: [],
  solicitationFee: 1 as Amount,
});
const bob = { peer: bobs, list: 'primary', issues: bobs, accepts: [takes(carols), takes(daves)] };
const carol = { peer: carols, list: 'primary', issues: carols, accepts: [takes(bobs)] };
const eve = { peer: testPeerId(4), list: 'undesirable', issues: testPeerId(4), accepts: [] };
const all = [bob, carol, eve] as Parameters<typeof namedCurrencies>[0];

test('each currency is named once, by its issuer rather than by who takes it', () => {
  expect(namedCurrencies(all, new Set())).toEqual([
    { currency: bobs, neighbor: bobs, way: 'issued' },
    { currency: carols, neighbor: carols, way: 'issued' },
    { currency: daves, neighbor: bobs, way: 'taken' },
  ]);
});

test('what is accepted already is not offered', () => {
  const offered = namedCurrencies(all, new Set([bobs, daves]));
  expect(offered.map(({ currency }) => currency)).toEqual([carols]);
});
