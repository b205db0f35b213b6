import { expect, it } from 'vitest';
import { methodsTouchedBy } from './touched.ts';

it('shows on the shelves at once that a document was sold, and that a contest took it back', () => {
  for (const event of ['deal', 'contest'] as const) {
    expect(methodsTouchedBy(event)).toEqual(
      expect.arrayContaining(['library.list', 'library.kept']),
    );
  }
});

it('asks everything again after a command', () => {
  expect(methodsTouchedBy('command')).toBeUndefined();
});
