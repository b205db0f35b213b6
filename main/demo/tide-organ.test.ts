import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { tideOrgan } from './tide-organ.ts';

describe('the tide organ', () => {
  const file = tideOrgan();

  it('is a WAV file of a minute that says its own length', () => {
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
    expect((file.length - 44) / file.readUInt32LE(28)).toBe(60);
  });

  it('takes several pieces of one mebibyte', () => {
    expect(Math.ceil(file.length / (1024 * 1024))).toBe(3);
  });

  it('has the same bytes wherever it is computed', () => {
    const digest = createHash('sha256').update(file).digest('hex');
    expect(digest).toBe('819330f0b968157b996caaa4f7594f769662e985a15f580bdb566991485cba0d');
  });

  it('is a sound: it neither rests nor leaves the range of its samples', () => {
    const samples = new Int16Array(file.buffer, file.byteOffset + 44, (file.length - 44) / 2);
    const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
    expect(loudest).toBeGreaterThan(10_000);
    expect(loudest).toBeLessThan(32_767);
  });
});
