import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { plantedBugs } from './planted-bugs.ts';

const source = resolve(import.meta.dirname, '../../src');

/** Quick, so that whoever changes such a line hears of it before the worlds are played. */
describe('The lines that planted bugs change', () => {
  const edits = plantedBugs.flatMap(({ edits }) => edits);

  it.each(edits)('stand once in $file: $from', async ({ file, from }) => {
    const text = await readFile(join(source, file), 'utf8');
    expect(text.split(from)).toHaveLength(2);
  });
});
