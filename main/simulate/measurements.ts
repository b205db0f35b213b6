/**
 * What an experiment measured: one row for each setting and seed. A column is a setting (what was
 * varied), or a measure (what came out). The seed stands in each row, so that any row can be had again.
 */
export interface Measurements {
  readonly name: string;
  readonly columns: readonly MeasureColumn[];
  readonly rows: readonly Row[];
}

export interface MeasureColumn {
  readonly key: string;
  readonly head: string;
  readonly role: 'setting' | 'measure';
  /** Of the measures in the table at the terminal; 2 where it is not said. */
  readonly digits?: number;
}

export type Row = { readonly seed: number } & Readonly<Record<string, number | string>>;

/** Over the seeds of one setting. `sd` is that of the sample, 0 for one seed. */
interface Spread {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  readonly sd: number;
}

export interface Summary {
  readonly settings: Readonly<Record<string, number | string>>;
  readonly seeds: number;
  readonly measures: Readonly<Record<string, Spread>>;
}

/** Joins the seeds of each setting, in the order in which the settings were first measured. */
export function summarize({ columns, rows }: Measurements): readonly Summary[] {
  const settings = keysOf(columns, 'setting');
  const groups = Map.groupBy(rows, (row) => JSON.stringify(settings.map((key) => row[key])));
  return [...groups.values()].map((group) => ({
    settings: Object.fromEntries(settings.map((key) => [key, group[0]?.[key] ?? ''])),
    seeds: group.length,
    measures: Object.fromEntries(
      keysOf(columns, 'measure').map((key) => [key, spreadOf(group.map((row) => row[key]))]),
    ),
  }));
}

/** What is no number in a row — a mean of nothing — is left out of the spread. */
function spreadOf(values: readonly (number | string | undefined)[]): Spread {
  const numbers = values.filter((value): value is number => Number.isFinite(value));
  const count = numbers.length;
  if (count === 0) return { mean: Number.NaN, low: Number.NaN, high: Number.NaN, sd: 0 };
  const mean = numbers.reduce((sum, one) => sum + one, 0) / count;
  const squares = numbers.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const sd = count > 1 ? Math.sqrt(squares / (count - 1)) : 0;
  return { mean, low: Math.min(...numbers), high: Math.max(...numbers), sd };
}

function keysOf(columns: readonly MeasureColumn[], role: MeasureColumn['role']): string[] {
  return columns.filter((column) => column.role === role).map(({ key }) => key);
}

/** Every row as it was measured, RFC 4180: other programs can do their own sums. */
export function csv({ columns, rows }: Measurements): string {
  const keys = [...keysOf(columns, 'setting'), 'seed', ...keysOf(columns, 'measure')];
  const lines = rows.map((row) => keys.map((key) => field(row[key] ?? '')).join(','));
  return [keys.join(','), ...lines, ''].join('\r\n');
}

function field(value: number | string): string {
  const text = typeof value === 'number' ? String(Number(value.toPrecision(10))) : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
