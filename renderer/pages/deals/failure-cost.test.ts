import { describe, expect, it } from 'vitest';
import { failureCost } from './failure-cost.ts';

describe('what a failed deal has cost', () => {
  const row = (result: number, currency = 'shells') => ({ currency, result });

  it('is what the journal says, in its own currency', () => {
    expect(failureCost([row(-34), row(-5, 'ink')], 'shells')).toEqual({
      kind: 'charged',
      spent: 34,
    });
    expect(failureCost([row(-34), row(30)], 'shells')).toEqual({ kind: 'charged', spent: 4 });
  });

  it('is told apart where it came back, and where it never went', () => {
    expect(failureCost([row(-34), row(34)], 'shells').kind).toBe('back');
    expect(failureCost([], 'shells').kind).toBe('free');
    expect(failureCost([row(-5, 'ink')], 'shells').kind).toBe('free');
  });
});
