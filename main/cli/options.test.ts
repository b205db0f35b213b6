import { expect, it } from 'vitest';
import { bytes, integer, rate } from './options.ts';

it('reads bytes as a person writes them, and refuses what is none', () => {
  const written = ['500', '500b', '64k', '10M', '10 MB', '2GiB', '1tb'];
  expect(written.map(bytes)).toEqual([
    ...[500, 500, 64_000, 10_000_000, 10_000_000],
    ...[2 * 1024 ** 3, 10 ** 12],
  ]);
  for (const wrong of ['', 'M', '1.5M', '-1', '10 apples', '5i', '1e3']) {
    expect(() => bytes(wrong), wrong).toThrow('Give bytes, as 500');
  }
  expect([rate('off'), rate('300k')]).toEqual([null, 300_000]);
});

it('reads whole numbers within their bounds', () => {
  expect(['1', '12'].map(integer(1, 12))).toEqual([1, 12]);
  for (const wrong of ['0', '13', '1.5', '', 'one']) {
    expect(() => integer(1, 12)(wrong), wrong).toThrow('Give a whole number from 1 to 12.');
  }
});
