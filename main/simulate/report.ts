import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Column, table } from '../cli/table.ts';
import type { Experiment } from './experiment.ts';
import { csv, type MeasureColumn, type Measurements, summarize } from './measurements.ts';
import { drawPlot } from './plot.ts';

/** One line for each setting: means over the seeds, and ± their standard deviation where there are several. */
export function resultTable(measurements: Measurements): string {
  const { columns } = measurements;
  const heads = columns.map(({ head, role }): Column => {
    return { head, align: role === 'measure' ? 'right' : 'left' };
  });
  const rows = summarize(measurements).map(({ settings, measures, seeds }) =>
    columns.map((column) => {
      if (column.role === 'setting') return String(settings[column.key]);
      const { mean = Number.NaN, sd = 0 } = measures[column.key] ?? {};
      return seeds > 1 ? `${shown(mean, column)} ± ${shown(sd, column)}` : shown(mean, column);
    }),
  );
  return table(heads, rows);
}

function shown(value: number, { digits = 2 }: MeasureColumn): string {
  if (Number.isNaN(value)) return '–';
  return value.toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** Writes `<name>.csv` and the plots into the folder, which is made where there is none; gives the files. */
export async function writeReport(
  { name, plots }: Experiment,
  measurements: Measurements,
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const files = [join(folder, `${name}.csv`)];
  await writeFile(join(folder, `${name}.csv`), csv(measurements));
  for (const plot of plots) {
    const file = join(folder, `${plot.name}.svg`);
    await writeFile(file, await drawPlot(plot, measurements));
    files.push(file);
  }
  return files;
}
