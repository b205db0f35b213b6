import type { deals as english } from '../en/deals.ts';

export const deals: Readonly<Record<keyof typeof english, string>> = {
  'deals.title': 'Geschäfte',
};
