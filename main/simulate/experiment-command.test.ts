import { describe, expect, it } from 'vitest';
import { Random } from '../../src/simulation/index.ts';
import { seedsOf } from './experiment-command.ts';
import { experiments } from './experiments/index.ts';
import { firstSearch, usualPlan } from './experiments/markets.ts';
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
  const measured = experiment.run(order);

  it('measures every setting', () => {
    expect(measured.rows.length).toBeGreaterThan(1);
    expect(resultTable(measured).split('\n').length).toBeGreaterThan(2);
    for (const { key } of measured.columns)
      for (const row of measured.rows) expect(row, key).toHaveProperty(key);
  });

  it('plots only what it measures', () => {
    const keys = new Set(measured.columns.map(({ key }) => key));
    for (const { x, y, series } of experiment.plots)
      for (const axis of [x, y, series]) if (axis) expect(keys).toContain(axis.key);
  });
});

it('A first search teaches the next one nothing', () => {
  const plan = usualPlan(1, { peers: 30 });
  const [first, second] = [firstSearch(plan, new Random(1)), firstSearch(plan, new Random(1))];
  expect(first.asked).toBeGreaterThan(0);
  expect(second).toEqual(first);
});

it('An experiment measures the same again from the same seed, and something else from another', () => {
  const [run] = experiments.filter(({ name }) => name === 'propagation').map(({ run }) => run);
  const rows = (seed: number) =>
    run?.({ seeds: [seed], quick: true, progress: () => undefined }).rows;
  expect(rows(1)).toEqual(rows(1));
  expect(rows(1)).not.toEqual(rows(2)?.map((row) => ({ ...row, seed: 1 })));
}, 120_000);
