export const wizard = {
  'wizard.title': 'Welcome',
} as const;
