import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'cheerio';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Experiment } from './experiment.ts';
import type { Measurements } from './measurements.ts';
import type { Plot } from './plot.ts';
import { resultTable, writeReport } from './report.ts';

const measured: Measurements = {
  name: 'sample',
  columns: [
    { key: 'way', head: 'way', role: 'setting' },
    { key: 'size', head: 'size', role: 'setting' },
    { key: 'cost', head: 'messages', role: 'measure', digits: 1 },
  ],
  rows: [1, 2, 3].flatMap((seed) =>
    ['near', 'far'].flatMap((way) =>
      [1, 10, 100].map((size) => ({ seed, way, size, cost: size * seed * 1_000 })),
    ),
  ),
};

const plot: Plot = {
  ...{ name: 'sample-lines', title: 'What it costs', subtitle: 'three seeds', mark: 'line' },
  x: { key: 'size', title: 'size (peers)', scale: 'log' },
  y: { key: 'cost', title: 'messages per search' },
  series: { key: 'way', title: 'way of going' },
};
const experiment: Experiment = {
  ...{ name: 'sample', question: 'Is it dear?', run: () => measured },
  plots: [plot, { ...plot, name: 'sample-bars', mark: 'bar', x: { ...plot.x, scale: 'places' } }],
};

describe('A report', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'souk-report-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('shows the mean and the spread of each setting at the terminal', () => {
    const lines = resultTable(measured).split('\n');
    expect(lines[0]).toMatch(/^way +size +messages$/);
    expect(lines[1]).toMatch(/^near +1 +2,000\.0 ± 1,000\.0$/);
    expect(lines).toHaveLength(7);
  });

  it('writes the rows and each plot into its folder', async () => {
    const files = await writeReport(experiment, measured, join(folder, 'out'));
    expect((await readdir(join(folder, 'out'))).sort()).toEqual([
      'sample-bars.svg',
      'sample-lines.svg',
      'sample.csv',
    ]);
    expect(files).toHaveLength(3);
  });

  it('draws axes with their units, a legend, every mean and the band of the seeds', async () => {
    const files = await writeReport(experiment, measured, folder);
    const [, lines = '', bars = ''] = await Promise.all(
      files.map((file) => readFile(file, 'utf8')),
    );
    const [$lines, $bars] = [load(lines, { xml: true }), load(bars, { xml: true })];
    for (const text of ['What it costs', 'size (peers)', 'messages per search', 'near', 'far'])
      expect($lines('text').text()).toContain(text);
    expect($lines('.mark-symbol.role-mark path')).toHaveLength(6);
    expect($lines('.mark-area path')).not.toHaveLength(0);
    expect($bars('.mark-rect.role-mark path')).toHaveLength(6);
    expect($bars('.mark-rule.role-mark line')).toHaveLength(6);
    expect(lines.length).toBeLessThan(60 * 1024);
  });
});
