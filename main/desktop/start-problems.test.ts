import { describe, expect, it } from 'vitest';
import { type ProblemCode, SoukError } from '../../src/problem.ts';
import { startProblemOf } from './start-problems.ts';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';

const files = { settings: '/data/settings.json', neighbors: '/data/neighbors.json' };
const problemOf = (code: ProblemCode, detail = 'It did not go.') =>
  startProblemOf(new SoukError(code, detail), files);

describe('a start that failed', () => {
  it('always leaves a way out, the last of which ends the program', () => {
    const codes: ProblemCode[] = [
      'port-in-use',
      'data-directory-locked',
      'wrong-passphrase',
      'key-file-damaged',
      'settings-damaged',
      'database-newer',
      'database-damaged',
      'disk-full',
      'internal',
    ];
    for (const code of codes) {
      const { ways, detail } = problemOf(code);
      expect(ways.at(-1)).toBe('quit');
      expect(detail).toBe('It did not go.');
    }
  });

  it('offers another port where one is taken', () => {
    expect(problemOf('port-in-use').ways).toContain('any-port');
  });

  it('sets aside the settings or the neighbors, whichever is damaged, and nothing else', () => {
    for (const file of Object.values(files)) {
      expect(problemOf('settings-damaged', `${file} cannot be read: line 3.`)).toMatchObject({
        file,
        ways: ['retry', 'set-aside', 'show', 'quit'],
      });
    }
    expect(problemOf('settings-damaged').ways).not.toContain('set-aside');
    expect(problemOf('key-file-damaged').ways).not.toContain('set-aside');
    expect(problemOf('database-damaged').ways).not.toContain('set-aside');
  });

  it('never goes on with a database that a newer version wrote', () => {
    expect(problemOf('database-newer').ways).toEqual(['quit']);
  });
});

describe('the texts of the desktop', () => {
  it('have the same places to fill in both languages', () => {
    const places = (text: string) => text.match(/\{\w+\}/g)?.toSorted() ?? [];
    for (const key of Object.keys(en) as (keyof typeof en)[]) {
      expect(places(de[key]), key).toEqual(places(en[key]));
    }
  });
});
