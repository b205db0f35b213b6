import { describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { draftsOf, moved, type PricingRule, rulesOf } from './rule-draft.ts';

const rule = (flat: number, rest: Partial<PricingRule> = {}): PricingRule => ({
  ...rest,
  flat: flat as Amount,
  perMebibyte: 1 as Amount,
});

describe('pricing rules being edited', () => {
  it('are saved as they were when nothing was changed', () => {
    const rules = [rule(1, { mediaType: 'text/' }), rule(2, { minSize: 5 })];
    expect(rulesOf(draftsOf(rules))).toEqual(rules);
  });

  it('cannot be saved while one lacks a price, or its sizes leave nothing', () => {
    const [draft] = draftsOf([rule(1)]);
    expect(rulesOf([{ ...draft!, flat: undefined }])).toBeUndefined();
    expect(rulesOf([{ ...draft!, perMebibyte: undefined }])).toBeUndefined();
    expect(rulesOf([{ ...draft!, minSize: 2, maxSize: 1 }])).toBeUndefined();
    expect(rulesOf([{ ...draft!, minSize: 2, maxSize: 2 }])).toHaveLength(1);
  });

  it('change places, and stay where there is no place left', () => {
    const drafts = draftsOf([rule(1), rule(2), rule(3)]);
    const flats = (index: number, by: -1 | 1) => moved(drafts, index, by).map(({ flat }) => flat);
    expect(flats(0, 1)).toEqual([2, 1, 3]);
    expect(flats(2, -1)).toEqual([1, 3, 2]);
    expect(flats(0, -1)).toEqual([1, 2, 3]);
    expect(flats(2, 1)).toEqual([1, 2, 3]);
  });
});
