import type { transfers as english } from '../en/transfers.ts';

export const transfers: Readonly<Record<keyof typeof english, string>> = {
  'transfers.title': 'Übertragungen',
};
