export const neighbors = {
  'neighbors.title': 'Neighbors',
} as const;
