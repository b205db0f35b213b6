import { describe, expect, it } from 'vitest';
import { systemChance } from './ports.ts';

describe("The system's chance", () => {
  it('gives as many bytes as asked for, of any number', () => {
    for (const count of [0, 1, 16, 32, 4095, 4096, 4097, 10_000]) {
      expect(systemChance.bytes(count)).toHaveLength(count);
    }
  });

  it('gives nothing twice, and no zeros where it was emptied', () => {
    const given = Array.from({ length: 2_000 }, () =>
      Buffer.from(systemChance.bytes(16)).toString('hex'),
    );
    expect(new Set(given).size).toBe(given.length);
    expect(given).not.toContain('00'.repeat(16));
  });

  it('does not change what it gave when it gives more', () => {
    const first = systemChance.bytes(16);
    const copy = Uint8Array.from(first);
    for (let n = 0; n < 600; n++) systemChance.bytes(16);
    expect(first).toEqual(copy);
  });
});
