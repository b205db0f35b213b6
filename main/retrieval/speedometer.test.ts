import { describe, expect, it } from 'vitest';
import { Speedometer } from './speedometer.ts';

describe('the speedometer', () => {
  it('shows the first speed at once, and a change within a few seconds', () => {
    const speed = new Speedometer(0);
    expect(speed.bytesPerSecond).toBe(0);
    expect(speed.add(25_000, 250)).toBe(true);
    expect(speed.bytesPerSecond).toBe(100_000);
    for (let now = 500; now <= 4_000; now += 250) speed.add(50_000, now);
    expect(speed.bytesPerSecond).toBeGreaterThan(190_000);
    expect(speed.bytesPerSecond).toBeLessThanOrEqual(200_000);
  });

  it('tells no more often than four times a second', () => {
    const speed = new Speedometer(0);
    let told = 0;
    for (let now = 0; now < 10_000; now += 10) if (speed.add(1_000, now)) told++;
    expect(told).toBeLessThanOrEqual(40);
    expect(speed.bytesPerSecond).toBeCloseTo(100_000, -4);
  });
});
