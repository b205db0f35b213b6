import { describe, expect, it } from 'vitest';
import { marketSettings } from '../../../src/settings/index.ts';
import { commissionExample, settleExample } from './examples.ts';
import {
  patchOf,
  realChanges,
  type Settings,
  settingAt,
  settingProblems,
} from './setting-values.ts';

const settings: Settings = {
  host: '0.0.0.0',
  port: 7685,
  market: marketSettings.parse({
    creditLimit: 100,
    commission: { flat: 2, perMillion: 100_000 },
    endpoints: [],
  }),
  downloads: {},
  limits: {},
  setup: { done: true },
  screen: {},
};

describe('settings to be changed', () => {
  it('are found by their place, and undefined where nothing is said', () => {
    expect(settingAt(settings, 'market.commission.flat')).toBe(2);
    expect(settingAt(settings, 'limits.uploadBytesPerSecond')).toBeUndefined();
  });

  it('go into one patch, with null for what goes back to its default', () => {
    const endpoints = ['https://ada.example:7685'];
    expect(
      patchOf({
        host: '127.0.0.1',
        'market.commission.flat': 3,
        'market.commission.perMillion': 0,
        'market.endpoints': endpoints,
        'limits.uploadBytesPerSecond': undefined,
      }),
    ).toEqual({
      host: '127.0.0.1',
      market: { commission: { flat: 3, perMillion: 0 }, endpoints },
      limits: { uploadBytesPerSecond: null },
    });
  });

  it('are only those that say something new', () => {
    expect(
      realChanges(settings, {
        host: '0.0.0.0',
        'market.endpoints': [],
        'limits.uploadBytesPerSecond': undefined,
        'market.creditLimit': 7,
      }),
    ).toEqual({ 'market.creditLimit': 7 });
  });
});

describe('a refusal of settings', () => {
  it('is told beside each field that does not fit', () => {
    const detail =
      '✖ Too small: expected number to be >=0\n  → at market.creditLimit\n' +
      '✖ is no https://host:port\n  → at market.endpoints[1]';
    expect(settingProblems(detail)).toEqual([
      { path: 'market.creditLimit', text: 'Too small: expected number to be >=0' },
      { path: 'market.endpoints', text: 'is no https://host:port' },
    ]);
  });

  it('is told as a whole where it names no place', () => {
    expect(settingProblems('Others hold 5 units.')).toEqual([{ text: 'Others hold 5 units.' }]);
  });
});

describe('the examples', () => {
  it('round a commission up, as the market does', () => {
    expect(commissionExample({ flat: 2, perMillion: 100_000 })).toEqual({
      price: 50,
      commission: 7,
      asked: 57,
    });
    expect(commissionExample({ flat: 0, perMillion: 1 }).commission).toBe(1);
  });

  it('settle at half of the limit where nothing is said, and never above it', () => {
    expect(settleExample({ creditLimit: 101, settleAt: undefined }).settle).toBe(50);
    expect(settleExample({ creditLimit: 100, settleAt: 500 }).settle).toBe(100);
  });
});
