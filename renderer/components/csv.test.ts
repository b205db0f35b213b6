import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvText } from './csv.ts';

describe('a table for a spreadsheet', () => {
  it('quotes what holds quotes, commas or line ends', () => {
    expect(csvText(['a', 'b'], [['say "hi", twice', 'two\nlines']])).toBe(
      '\ufeffa,b\r\n"say ""hi"", twice","two\nlines"\r\n',
    );
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '  =cmd', '\r=1', '|calc', '%0A'])(
    'makes no formula of the text %j',
    (text) => {
      const [, cell = ''] = csvText(['a'], [[text]]).split('a\r\n');
      expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
    },
  );

  it('leaves numbers as they are, and nothing where nothing is', () => {
    expect(csvText(['a', 'b'], [[{ number: '-3.50' }, undefined]])).toBe('\ufeffa,b\r\n-3.50,\r\n');
  });

  it('is read back cell by cell, whatever the texts hold', () => {
    const cells = fc.array(fc.string(), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(cells, { maxLength: 5 }), (rows) => {
        const read = parse(csvText(['a', 'b'], rows).slice(1)).slice(1);
        const plain = (table: string[][]) =>
          table.map((row) => row.map((cell) => cell.replaceAll("'", '')));
        expect(plain(read)).toEqual(plain(rows));
      }),
    );
  });

  it('holds no formula either for a program that cuts lines at semicolons, as in German', () => {
    const text = fc.string({
      unit: fc.constantFrom('=', '-', '＝', ';', ' ', '\t', '\n', ',', '"', 'a'),
    });
    fc.assert(
      fc.property(text, (title) => {
        const [, line = ''] = csvText(['a'], [[title]]).split('a\r\n');
        const cells = line.split(/[;\t\r\n]/);
        expect(cells.filter((cell) => /^"?\s*[=+\-@|%＝]/.test(cell))).toEqual([]);
      }),
    );
  });
});

function parse(text: string): string[][] {
  const rows: string[][] = [];
  const row: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y;
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const [, raw = '', end] = match;
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === '\r\n') rows.push(row.splice(0));
  }
  return rows;
}
