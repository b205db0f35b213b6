import { describe, expect, it } from 'vitest';
import type { CurrencyId } from '../../../src/identity/index.ts';
import type { Problem } from '../../../src/problem.ts';
import { alternativesIn } from './alternatives.ts';

const wallet = [
  { currency: 'shells' as CurrencyId, symbol: 'shl' },
  { currency: 'ink' as CurrencyId, symbol: 'ink' },
];
const refused = (alternatives: unknown): Problem => ({
  code: 'currency-not-accepted',
  detail: '',
  members: { alternatives },
});

describe('what a neighbor would take instead', () => {
  it('is offered where the wallet has it and the search did not offer it', () => {
    const problem = refused(['ink', 'shells', 'wool', 'ink']);
    expect(alternativesIn(problem, [{ currency: 'shells' }], wallet)).toEqual({
      held: [{ currency: 'ink', symbol: 'ink' }],
      wanted: ['ink', 'wool'],
      others: ['wool'],
    });
  });

  it('is nothing where the refusal is another, or names what is no currency', () => {
    const none = { held: [], wanted: [], others: [] };
    expect(alternativesIn(refused('ink'), [], wallet)).toEqual(none);
    expect(alternativesIn(refused([7, null, {}]), [], wallet)).toEqual(none);
    expect(alternativesIn({ ...refused(['ink']), code: 'tab-limit' }, [], wallet)).toEqual(none);
  });
});
