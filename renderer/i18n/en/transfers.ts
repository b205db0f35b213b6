export const transfers = {
  'transfers.title': 'Transfers',
} as const;
