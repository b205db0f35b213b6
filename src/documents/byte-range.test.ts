import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readContentRange, readRange } from './index.ts';

const part = (start: number, end: number) => ({ kind: 'part', bytes: { start, end } });

describe('a range request', () => {
  it('asks for the whole document where there is none', () => {
    expect(readRange(undefined, 10)).toEqual({ kind: 'whole' });
  });

  it('names first and last byte, or the first only, or how many at the end', () => {
    expect(readRange('bytes=0-0', 10)).toEqual(part(0, 1));
    expect(readRange('bytes=3-6', 10)).toEqual(part(3, 7));
    expect(readRange('bytes=3-', 10)).toEqual(part(3, 10));
    expect(readRange('Bytes=3-99', 10)).toEqual(part(3, 10));
    expect(readRange('bytes=-4', 10)).toEqual(part(6, 10));
    expect(readRange('bytes=-40', 10)).toEqual(part(0, 10));
  });

  it('cannot be satisfied where it begins behind the end', () => {
    expect(readRange('bytes=10-', 10)).toEqual({ kind: 'unsatisfiable' });
    expect(readRange('bytes=-0', 10)).toEqual({ kind: 'unsatisfiable' });
    expect(readRange('bytes=0-', 0)).toEqual({ kind: 'unsatisfiable' });
    expect(readRange('bytes=-1', 0)).toEqual({ kind: 'unsatisfiable' });
  });

  it('is ignored where it is malformed, in another unit, or several', () => {
    for (const header of ['bytes=-', 'bytes=5-3', 'bytes=a-b', 'pieces=0-1', 'bytes=0-1,3-4', '']) {
      expect(readRange(header, 10)).toEqual({ kind: 'whole' });
    }
  });

  it('never leads outside of the document, whatever it says', () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
      fc.bigInt({ min: 0n, max: 10n ** 18n }).map((a) => `bytes=${a}-`),
    );
    fc.assert(
      fc.property(header, fc.nat(), (text, sizeBytes) => {
        const range = readRange(text, sizeBytes);
        if (range.kind !== 'part') return;
        expect(range.bytes.start).toBeGreaterThanOrEqual(0);
        expect(range.bytes.start).toBeLessThan(range.bytes.end);
        expect(range.bytes.end).toBeLessThanOrEqual(sizeBytes);
      }),
    );
  });
});

describe('a content range', () => {
  it('is read where it is whole and consistent', () => {
    expect(readContentRange('bytes 0-9/10')).toEqual({ start: 0, end: 10, sizeBytes: 10 });
    for (const header of [
      undefined,
      '',
      'bytes */10',
      'bytes 3-2/10',
      'bytes 0-10/10',
      'x 0-1/2',
    ]) {
      expect(readContentRange(header)).toBeUndefined();
    }
  });
});
