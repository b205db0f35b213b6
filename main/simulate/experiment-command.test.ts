import { describe, expect, it } from 'vitest';
import { seedsOf } from './experiment-command.ts';
import { experiments } from './experiments/index.ts';
import { resultTable } from './report.ts';

describe('The command that measures', () => {
  it('takes seeds one by one or as a range', () => {
    expect(seedsOf('7')).toEqual([7]);
    expect(seedsOf('1,2,9')).toEqual([1, 2, 9]);
    expect(seedsOf('3-6')).toEqual([3, 4, 5, 6]);
    for (const wrong of ['', 'x', '1,x', '5-3', '1-5000']) expect(() => seedsOf(wrong)).toThrow();
  });
});

describe.each(experiments)('The experiment $name, quickly', (experiment) => {
  const order = { seeds: [1], quick: true, progress: () => undefined };

  it('measures every setting, the same again from the same seed', () => {
    const measured = experiment.run(order);
    expect(measured.rows.length).toBeGreaterThan(1);
    expect(experiment.run(order)).toEqual(measured);
    expect(resultTable(measured).split('\n').length).toBeGreaterThan(2);
    for (const { key } of measured.columns)
      for (const row of measured.rows) expect(row, key).toHaveProperty(key);
  });

  it('plots only what it measures', () => {
    const keys = new Set(experiment.run(order).columns.map(({ key }) => key));
    for (const { x, y, series } of experiment.plots)
      for (const axis of [x, y, series]) if (axis) expect(keys).toContain(axis.key);
  });
});
