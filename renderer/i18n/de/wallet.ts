import type { wallet as english } from '../en/wallet.ts';

export const wallet: Readonly<Record<keyof typeof english, string>> = {
  'wallet.title': 'Geldbörse',
};
