import { describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import type { PeerId } from '../../../src/identity/index.ts';
import type { DealId, DocumentId } from '../../../src/protocol/index.ts';
import { Names } from '../names.ts';
import { type Watched, watchText } from './watch-text.ts';

const currency = 'z6MkcurrencyForTests' as PeerId;
const names = new Names([], [{ currency, symbol: 'ALC', decimals: 2 }]);
const amount = (units: number) => units as Amount;
const at = Date.parse('2026-11-23T12:00:00Z');

type Buying = NonNullable<Watched['buying']>;

function watched(buying?: Partial<Buying>): Watched {
  const all: Buying = {
    ...{ state: 'on', compare: 'price', documentsMax: 3, perDayMax: 1, today: 0 },
    budgets: [{ currency, amount: amount(500) }],
    ...{ since: at, spent: [], bought: [], left: [], ...buying },
  };
  return {
    ...{ id: 'an-id', at, everyMs: 3_600_000, nextAt: at, query: { text: 'star charts' } },
    offers: [{ currency, maxPrice: amount(20), feesMax: amount(5) }],
    ...(buying && { buying: all }),
  };
}

const found = { at, documentId: 'b3-d' as DocumentId, title: 'Star charts', currency };

describe('A watched search, in lines', () => {
  it('says for what, at most for how much, how often, and that it buys nothing unless told', () => {
    const [first, , last] = watchText(watched(), names).split('\n');
    expect(first).toBe('star charts, at most 0.20 ALC, every 60 min (an-id)');
    expect(last).toBe('  it buys nothing by itself');
  });

  it('says what it has bought, for how much of its budget', () => {
    const text = watchText(
      watched({
        today: 1,
        spent: [{ currency, amount: amount(18) }],
        bought: [{ ...found, deal: 'deal-1' as DealId, cost: amount(18) }],
      }),
      names,
    );
    expect(text).toContain('buying is on: 1 of 3, today 1 of 1, 0.18 ALC of 5.00 ALC');
    expect(text).toMatch(/bought Star charts for 0\.18 ALC \(deal deal-1\)$/);
  });

  it('says why it left a document alone, in the words of the problem where there is one', () => {
    const left = (why: Buying['left'][number]['why']) => ({ ...found, price: amount(15), why });
    const reasons = {
      ...{ risk: 'too dear at its risk', budget: 'past the budget', day: 'enough for this day' },
      ...{ funds: 'not enough money', had: 'you have it, or bought it before' },
      refused: 'it could not be bought',
    } as const;
    for (const [why, said] of Object.entries(reasons) as [keyof typeof reasons, string][])
      expect(watchText(watched({ left: [left(why)] }), names)).toContain(
        `left Star charts at 0.15 ALC: ${said}`,
      );
    const problem = { code: 'bid-expired', detail: 'The bid has expired.' } as const;
    expect(watchText(watched({ left: [{ ...left('refused'), problem }] }), names)).toMatch(
      /: The bid has expired\.$/,
    );
  });
});
