import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { terminalNarrator, wrap } from './narrator.ts';

function told(tell: (narrator: ReturnType<typeof terminalNarrator>) => void): string {
  const stream = new PassThrough({ encoding: 'utf8' });
  tell(terminalNarrator(stream));
  return String(stream.read());
}

describe('the narrator', () => {
  it('keeps every line within 80 columns', () => {
    const long = 'Alice pays Bob at money.com and nobody else knows of it. '.repeat(12);
    const text = told((narrator) => {
      narrator.scene('Bid solicitation over three hops', '§2.1, figure 2');
      narrator.say(long);
      narrator.step('(10)', 'Alice ↔ money.com', long);
      narrator.proof(long);
    });
    const widths = text.split('\n').map((line) => line.length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(80);
  });

  it('writes plain text where the stream takes no colors', () => {
    expect(told((narrator) => narrator.say('Alice sells to Bob.'))).toBe('  Alice sells to Bob.\n');
  });

  it('numbers the scenes', () => {
    const text = told((narrator) => {
      narrator.scene('First', '§1');
      narrator.scene('Second', '§2');
    });
    expect(text).toMatch(/ 1 {2}First .*\n\n\n? +2 {2}Second /);
  });

  it('sets columns under each other, names to the left and numbers to the right', () => {
    const text = told((narrator) =>
      narrator.table([
        ['', 'sold'],
        ['Alice', '+60'],
        ['Bo', '+7'],
      ]),
    );
    expect(text.split('\n')).toEqual(['         sold', '  Alice   +60', '  Bo       +7', '']);
  });
});

describe('wrapping', () => {
  it('loses no word and no order', () => {
    const text = 'one two three four five six';
    expect(wrap(text, 9).join(' ')).toBe(text);
    expect(wrap(text, 9)).toEqual(['one two', 'three', 'four five', 'six']);
  });

  it('gives a word that is too long a line of its own', () => {
    expect(wrap('a immeasurable b', 5)).toEqual(['a', 'immeasurable', 'b']);
  });
});
