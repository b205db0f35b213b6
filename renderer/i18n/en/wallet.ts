export const wallet = {
  'wallet.title': 'Wallet',
} as const;
