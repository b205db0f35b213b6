import type { wizard as english } from '../en/wizard.ts';

export const wizard: Readonly<Record<keyof typeof english, string>> = {
  'wizard.title': 'Willkommen',
};
