import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type PricingRule = MethodOutput<'settings.get'>['market']['pricing'][number];

/** A pricing rule while it is being edited: it keeps its place in the list, and may lack its prices. */
export type RuleDraft = Omit<PricingRule, 'flat' | 'perMebibyte'> & {
  readonly id: number;
  readonly flat: number | undefined;
  readonly perMebibyte: number | undefined;
};

export function draftsOf(rules: readonly PricingRule[]): readonly RuleDraft[] {
  return rules.map((rule, id) => ({ ...rule, id }));
}

/** The rules as they are saved; undefined while one lacks a price or has a range that holds nothing. */
export function rulesOf(drafts: readonly RuleDraft[]): readonly PricingRule[] | undefined {
  const rules: PricingRule[] = [];
  for (const { id: _, flat, perMebibyte, ...rest } of drafts) {
    if (flat === undefined || perMebibyte === undefined || isEmptyRange(rest)) return undefined;
    rules.push({ ...rest, flat, perMebibyte } as PricingRule);
  }
  return rules;
}

export function isEmptyRange({
  minSize,
  maxSize,
}: Pick<RuleDraft, 'minSize' | 'maxSize'>): boolean {
  return minSize !== undefined && maxSize !== undefined && minSize > maxSize;
}

/** The same rule one place earlier or later; at the end of the list nothing changes. */
export function moved(
  drafts: readonly RuleDraft[],
  index: number,
  by: -1 | 1,
): readonly RuleDraft[] {
  const other = index + by;
  const [one, two] = [drafts[index], drafts[other]];
  if (!one || !two) return drafts;
  return drafts.with(index, two).with(other, one);
}
