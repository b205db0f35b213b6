import type { TextKey } from '../../i18n/index.ts';

export const earningKinds = ['sales', 'commissions', 'solicitation-fees', 'transfer-fees'] as const;
export const spendingKinds = [
  'purchases',
  'solicitation-fees',
  'transfer-fees',
  'gifts',
  'corrections',
] as const;

export type EarningKind = (typeof earningKinds)[number];
export type SpendingKind = (typeof spendingKinds)[number];

export const earningText = (kind: EarningKind): TextKey => `earnings.kind.${kind}`;
export const spendingText = (kind: SpendingKind): TextKey => `earnings.spent.${kind}`;

/** Shades far enough apart in lightness to be told apart without their hue. */
export const kindColors: Readonly<Record<EarningKind, string>> = {
  sales: 'tile.6',
  commissions: 'tile.3',
  'solicitation-fees': 'yellow.5',
  'transfer-fees': 'orange.8',
};
