import type { Milliseconds } from '../../src/time.ts';

const sampleMs = 250;
/** How much of what was before counts after one sample's time: a change is seen within about two seconds. */
const keptShare = 0.75;

/** How fast bytes have come lately, smoothed so that a person can read it. */
export class Speedometer {
  #bytesPerSecond: number | undefined;
  #sampleBytes = 0;
  #sampleFrom: Milliseconds;

  constructor(now: Milliseconds) {
    this.#sampleFrom = now;
  }

  get bytesPerSecond(): number {
    return Math.round(this.#bytesPerSecond ?? 0);
  }

  /** Notes that bytes came. True about four times a second: a time to tell. */
  add(bytes: number, now: Milliseconds): boolean {
    this.#sampleBytes += bytes;
    const passedMs = now - this.#sampleFrom;
    if (passedMs < sampleMs) return false;
    const sample = (this.#sampleBytes / passedMs) * 1000;
    const before = this.#bytesPerSecond ?? sample;
    this.#bytesPerSecond = sample + (before - sample) * keptShare ** (passedMs / sampleMs);
    this.#sampleBytes = 0;
    this.#sampleFrom = now;
    return true;
  }
}
