import { beforeAll, expect, it, vi } from 'vitest';

let t: typeof import('./index.ts').t;

beforeAll(async () => {
  vi.stubGlobal('window', { localStorage: { getItem: () => 'en' } });
  ({ t } = await import('./index.ts'));
});

it('puts a name that is written from right to left into a sentence without turning the sentence', () => {
  const name = '\u05d3\u05e0\u05d4';
  expect(t('neighbors.remove.title', { name: 'Dana' })).toContain('Dana');
  expect(t('neighbors.remove.title', { name })).toContain(`\u2068${name}\u2069`);
});
