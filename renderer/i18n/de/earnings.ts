import type { earnings as english } from '../en/earnings.ts';

export const earnings: Readonly<Record<keyof typeof english, string>> = {
  'earnings.title': 'Einnahmen',
};
