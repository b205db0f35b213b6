import type { neighbors as english } from '../en/neighbors.ts';

export const neighbors: Readonly<Record<keyof typeof english, string>> = {
  'neighbors.title': 'Nachbarn',
};
