import { describe, expect, it } from 'vitest';
import { csv, type Measurements, summarize } from './measurements.ts';

const measured: Measurements = {
  name: 'walks',
  columns: [
    { key: 'way', head: 'way', role: 'setting' },
    { key: 'cost', head: 'cost', role: 'measure' },
  ],
  rows: [
    { seed: 1, way: 'slow, "safe"', cost: 4 },
    { seed: 1, way: 'fast', cost: 10 },
    { seed: 2, way: 'slow, "safe"', cost: 6 },
    { seed: 2, way: 'fast', cost: Number.NaN },
  ],
};

describe('Measurements', () => {
  it('are summed up over the seeds of each setting, with their spread', () => {
    expect(summarize(measured)).toEqual([
      {
        settings: { way: 'slow, "safe"' },
        seeds: 2,
        measures: { cost: { mean: 5, low: 4, high: 6, sd: Math.SQRT2 } },
      },
      {
        settings: { way: 'fast' },
        seeds: 2,
        measures: { cost: { mean: 10, low: 10, high: 10, sd: 0 } },
      },
    ]);
  });

  it('stand in the CSV row by row, each with its seed', () => {
    expect(csv(measured).split('\r\n')).toEqual([
      'way,seed,cost',
      '"slow, ""safe""",1,4',
      'fast,1,10',
      '"slow, ""safe""",2,6',
      'fast,2,NaN',
      '',
    ]);
  });
});
