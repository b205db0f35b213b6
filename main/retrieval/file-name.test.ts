import { basename, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberedFileName, safeFileName } from './file-name.ts';

describe('the name of a retrieved file', () => {
  it('is the title where nothing is wrong with it', () => {
    expect(safeFileName('Field notes.pdf', 'application/pdf')).toBe('Field notes.pdf');
    expect(safeFileName('Zürich bei Nacht.JPG', 'image/jpeg')).toBe('Zürich bei Nacht.JPG');
    expect(safeFileName('main.c', 'text/plain')).toBe('main.c');
    expect(safeFileName('data.parquet', 'application/octet-stream')).toBe('data.parquet');
  });

  it('gets the ending of the media type where the title has none, or that of another type', () => {
    expect(safeFileName('Field notes', 'application/pdf')).toBe('Field notes.pdf');
    expect(safeFileName('holiday.exe', 'image/jpeg')).toBe('holiday.exe.jpg');
    expect(safeFileName('v1.2 of the plan', 'text/markdown')).toBe('v1.2 of the plan.md');
    expect(safeFileName('README')).toBe('README');
    expect(safeFileName('README', 'application/octet-stream')).toBe('README');
    expect(safeFileName('thing', 'x-unknown/x-unknown')).toBe('thing');
  });

  it('never leads out of its folder', () => {
    expect(safeFileName('../../etc/passwd')).toBe('_.._etc_passwd');
    expect(safeFileName('..\\..\\boot.ini', 'text/plain')).not.toMatch(/[\\/]/);
    expect(safeFileName('C:\\Windows\\x.dll')).not.toMatch(/[\\/:]/);
    expect(safeFileName('..')).toBe('document');
    expect(safeFileName('/')).toBe('_');
    expect(safeFileName('')).toBe('document');
  });

  it('is no device, hidden or invisible name', () => {
    expect(safeFileName('CON')).toBe('_CON');
    expect(safeFileName('con.txt', 'text/plain')).toBe('_con.txt');
    expect(safeFileName('aux.tar.gz')).toBe('_aux.tar.gz');
    expect(safeFileName('COM1', 'application/pdf')).toBe('_COM1.pdf');
    expect(safeFileName('console.txt')).toBe('console.txt');
    expect(safeFileName('.bashrc')).toBe('bashrc');
    expect(safeFileName('trailing. . .')).toBe('trailing');
  });

  it('does not show its characters in another order than they have', () => {
    expect(safeFileName('invoice\u202efdp.exe', 'application/octet-stream')).toBe('invoicefdp.exe');
    expect(safeFileName('a\u0000b\nc\u200b.txt')).toBe('abc.txt');
  });

  it('is short enough, and keeps its ending', () => {
    expect(safeFileName(`${'x'.repeat(300)}.pdf`, 'application/pdf')).toMatch(/^x{184}\.pdf$/);
    const wide = safeFileName(`${'😀'.repeat(300)}.pdf`, 'application/pdf');
    expect(Buffer.byteLength(wide)).toBeLessThanOrEqual(200);
    expect(wide).toMatch(/^(😀)+\.pdf$/u);
  });

  it('is one safe path segment whatever the title says', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.stringMatching(/^[./\\a-c: -]{0,30}$/),
      fc.constantFrom('nul', 'NUL.', ' con . txt', 'a/..', '....', '. .', 'lpt¹.x'),
    );
    const type = fc.option(fc.constantFrom('application/pdf', 'text/plain', 'a/b'), {
      nil: undefined,
    });
    fc.assert(
      fc.property(title, type, (text, mediaType) => {
        const name = safeFileName(text, mediaType);
        expect(name).not.toBe('');
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
        expect(name).toBe(basename(name));
        expect(name).toBe(win32.basename(name));
        expect(posix.normalize(`/folder/${name}`)).toBe(`/folder/${name}`);
        expect(name).not.toMatch(/^[. ]|[. ]$|[<>:"|?*]|\p{Cc}/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\s*(\.|$)/i);
      }),
      { numRuns: 500 },
    );
  });

  it('is numbered before its ending where it is taken', () => {
    expect(numberedFileName('notes.txt', 1)).toBe('notes.txt');
    expect(numberedFileName('notes.txt', 2)).toBe('notes (2).txt');
    expect(numberedFileName('README', 3)).toBe('README (3)');
  });
});
