import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptanceWaitMsMax, acceptanceWaitMsMin } from '../limits.ts';
import {
  drawOwnWaitMs,
  intermediaryHearsMs,
  personsWindowMs,
  sellerHearsMs,
  supplierWaitMs,
} from './waiting.ts';

const hours = 60 * 60_000;

describe('the time that a supplier has', () => {
  it('is less than that of the buyer behind it by a fifth, down to where nothing can be had', () => {
    const waits = fc.integer({ min: acceptanceWaitMsMin, max: acceptanceWaitMsMax });
    fc.assert(
      fc.property(waits, (withinMs) => {
        const waitMs = supplierWaitMs(withinMs);
        expect(waitMs === undefined).toBe(withinMs < 1_250);
        if (waitMs === undefined) return;
        expect(waitMs).toBeGreaterThanOrEqual(acceptanceWaitMsMin);
        expect(withinMs - waitMs).toBeGreaterThanOrEqual(withinMs / 5);
      }),
    );
  });

  it('is half a minute where the buyer does not say how long it waits', () => {
    expect(supplierWaitMs(undefined)).toBe(30_000);
  });

  it('is drawn for a person from a range that an intermediary’s falls into as well', () => {
    const drawn = (high: number, low: number) =>
      drawOwnWaitMs({ bytes: () => new Uint8Array([high, low]) });
    expect([drawn(0, 0), drawn(255, 255)]).toEqual([30_000, 60_000]);
    expect(drawn(128, 7)).toBe(45_003);
    expect(supplierWaitMs(drawn(255, 255))).toBeGreaterThan(drawn(128, 7));
  });
});

describe('the time in which a contest is heard', () => {
  it('grows link by link toward the source, by the hours in which it can be passed on', () => {
    const told = [undefined, 66, 60, 54].map((each) => each && each * hours);
    expect(told.map((each) => intermediaryHearsMs(each) / hours)).toEqual([66, 60, 54, 48]);
    expect(told.map((each) => personsWindowMs(each) / hours)).toEqual([48, 48, 48, 48]);
    expect(personsWindowMs(48 * hours) / hours).toBe(42);
  });

  it('is neither taken from the buyer by a seller that tells next to nothing, nor endless', () => {
    for (const told of [0, 1, 23 * hours]) {
      expect(sellerHearsMs(told) / hours).toBe(24);
      expect(intermediaryHearsMs(told) / hours).toBe(24);
      expect(personsWindowMs(told) / hours).toBe(18);
    }
    expect(sellerHearsMs(Number.MAX_SAFE_INTEGER) / hours).toBe(72);
  });
});
