export const deals = {
  'deals.title': 'Deals',
} as const;
