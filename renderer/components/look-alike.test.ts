import { describe, expect, it } from 'vitest';
import { lookOf } from './look-alike.ts';

describe('the look of a name', () => {
  it('is that of another which a person would take for it', () => {
    const pairs = [
      ['Mallory', 'Mаllory'],
      ['Alice', 'Аlice'],
      ['Alice', 'AIice'],
      ['Bob', 'B0b'],
      ['Bob', 'Βοb'],
      ['Bob', 'bob '],
      ['Bob', 'B\u200bob'],
      ['Zoë', 'Zoe'],
      ['Carmen', 'Carrnen'],
      ['ｍoney.com', 'money.com'],
    ] as const;
    for (const [one, other] of pairs) expect([one, lookOf(one)]).toEqual([one, lookOf(other)]);
  });

  it('is another for another name, in any script', () => {
    const names = [
      'Bob',
      'Rob',
      'Carol',
      'مريم',
      'عائشة',
      '世界',
      '湿地',
      'राम',
      'रोम',
      '🎈',
      '🌾',
      '!',
    ];
    const looks = names.map(lookOf);
    expect(new Set(looks).size).toBe(looks.length);
  });
});
