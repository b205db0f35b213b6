import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, oneLine, plural } from './format.ts';
import { fields, table } from './table.ts';

describe('what a terminal shows', () => {
  it('writes sizes and durations for a person', () => {
    expect([0, 999, 1000, 1_549_999, 10 ** 15].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.0 KB',
      '1.5 MB',
      '1000.0 TB',
    ]);
    expect([0, 61_000, 3_600_000, 90_061_000].map(formatDuration)).toEqual([
      '0 s',
      '1 min 1 s',
      '1 h',
      '1 d 1 h',
    ]);
    expect([plural(1, 'bid'), plural(2, 'bid')]).toEqual(['1 bid', '2 bids']);
  });

  it('lets no control character of a stranger reach the terminal', () => {
    expect(oneLine('a\u001b[2Jb\u202ec\nd', 20)).toBe('a [2Jb c d');
    expect(oneLine('abcdef', 4)).toBe('abc…');
  });

  it('aligns columns, texts to the left and numbers to the right', () => {
    const columns = [
      { head: 'title', max: 6 },
      { head: 'price', align: 'right' },
    ] as const;
    expect(
      table(columns, [
        ['Tides', '5 ALC'],
        ['A long title', '12 ALC'],
      ]),
    ).toBe(['title    price', 'Tides    5 ALC', 'A lon…  12 ALC'].join('\n'));
  });

  it('writes names and values under each other', () => {
    expect(
      fields([
        ['name', 'Alice'],
        ['id', 'z6Mk'],
      ]),
    ).toBe('name  Alice\nid    z6Mk');
  });
});
