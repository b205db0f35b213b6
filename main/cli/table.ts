import { oneLine } from './format.ts';

export interface Column {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly align?: 'left' | 'right';
  /** Longer texts are cut. */
  readonly max?: number;
}

const gap = '  ';
const cellMax = 200;

/** Rows under their heads, each column as wide as its widest cell. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) =>
    columns.map((column, at) => oneLine(row[at] ?? '', column.max ?? cellMax)),
  );
  const widths = columns.map(({ head }, at) =>
    Math.max(head.length, ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (row: readonly string[]) =>
    columns
      .map(({ align }, at) => {
        const cell = row[at] ?? '';
        const padding = ' '.repeat((widths[at] ?? 0) - widthOf(cell));
        return align === 'right' ? padding + cell : cell + padding;
      })
      .join(gap)
      .trimEnd();
  return [columns.map(({ head }) => head), ...cells].map(line).join('\n');
}

/** Names and their values, one in a line. */
export function fields(pairs: readonly (readonly [string, string])[]): string {
  const width = Math.max(...pairs.map(([name]) => name.length));
  return pairs.map(([name, value]) => `${name.padEnd(width)}${gap}${value}`).join('\n');
}

/** Characters, as far as a terminal gives each one place. */
function widthOf(text: string): number {
  return [...text].length;
}
