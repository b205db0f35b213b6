export const earnings = {
  'earnings.title': 'Earnings',
} as const;
