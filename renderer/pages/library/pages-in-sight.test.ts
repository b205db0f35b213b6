import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pageLength, pagesInSight } from './pages-in-sight.ts';

test('the pages asked for hold every row in sight, and no page beyond the list', () => {
  fc.assert(
    fc.property(fc.nat(200_000), fc.nat(200), fc.nat(200_000), (first, height, total) => {
      const pages = pagesInSight(first, first + height, total);
      expect(pages.length).toBeLessThanOrEqual(height / pageLength + 2);
      for (const page of pages) expect(page === 0 || page * pageLength < total).toBe(true);
      for (let row = first; row <= Math.min(first + height, total - 1); row++) {
        expect(pages).toContain(Math.floor(row / pageLength));
      }
    }),
  );
});

test('an empty list asks for its first page, to learn when it is empty no more', () => {
  expect(pagesInSight(0, 30, 0)).toEqual([0]);
});
