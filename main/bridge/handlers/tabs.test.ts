import { describe, expect, it } from 'vitest';
import { bySign } from './tabs.ts';

describe('what two neighbors owe each other', () => {
  it.each([
    { what: 'as it was charged', owedToUs: 7, weOwe: 5, claim: 7, debt: 5 },
    {
      what: 'a refund of what was paid before is owed back',
      owedToUs: 0,
      weOwe: -34,
      claim: 34,
      debt: 0,
    },
    { what: 'so is what this peer refunded', owedToUs: -34, weOwe: 1, claim: 0, debt: 35 },
    { what: 'nothing', owedToUs: 0, weOwe: 0, claim: 0, debt: 0 },
  ])('is told without a sign: $what', ({ owedToUs, weOwe, claim, debt }) => {
    expect(bySign(owedToUs, weOwe)).toEqual({ claim, debt });
  });
});
