import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import { memo, type ReactNode, useCallback, useMemo, useState } from 'react';
import { RowsInSight } from './rows-in-sight.tsx';

export interface Column<R> {
  readonly key: string;
  readonly label: string;
  /** As in CSS grid: `minmax(12rem, 1fr)`, `7rem`. */
  readonly width: string;
  readonly cell: (row: R) => ReactNode;
  /** Left out where the window is narrow: the rest must fit. */
  readonly wide?: boolean;
  /** Numbers stand at the end. */
  readonly end?: boolean;
  /** What the column is sorted by; a column without cannot be sorted. */
  readonly sortBy?: (row: R) => number | string;
}

interface DataTableProps<R> {
  readonly label: string;
  readonly columns: readonly Column<R>[];
  readonly rows: readonly R[];
  readonly rowKey: (row: R) => string;
  readonly rowHeight?: number;
  readonly empty?: ReactNode;
  readonly selected?: string | undefined;
  readonly onOpen?: (row: R) => void;
  /** More about a row, shown under it while it is unfolded; then rows unfold instead of being opened. */
  readonly detail?: (row: R) => ReactNode;
  /** The last row came into sight: where there are more, they can be asked for. */
  readonly onEnd?: () => void;
}

/** The columns that this window has room for. */
export function useFitting<C extends { readonly wide?: boolean }>(all: readonly C[]): readonly C[] {
  const isNarrow = useMediaQuery('(max-width: 56rem)');
  return useMemo(() => (isNarrow ? all.filter(({ wide }) => !wide) : all), [all, isNarrow]);
}

/** A table of any length. Sorted by its headers, walked by the arrow keys. */
export function DataTable<R>(props: DataTableProps<R>) {
  const { label, columns: allColumns, rows, rowKey, rowHeight = 44 } = props;
  const { empty, selected, onOpen, detail, onEnd } = props;
  const columns = useFitting(allColumns);
  const { sorted, sort, onSort } = useSorted(rows, allColumns);
  /** Those that were ever unfolded, and whether they still are: only their height can be another one. */
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const keyAt = useCallback((index: number) => rowKey(sorted[index] as R), [sorted, rowKey]);
  const count = sorted.length;
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (last === count - 1) onEnd?.();
    },
    [count, onEnd],
  );
  const template = [...(detail ? ['1rem'] : []), ...columns.map(({ width }) => width)].join(' ');
  const fold = useCallback((row: R) => setFolds((before) => folded(before, rowKey(row))), [rowKey]);
  const act = detail ? fold : onOpen;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <RowsInSight
      label={label}
      unfolds={detail !== undefined}
      count={count}
      rowHeight={rowHeight}
      overscan={8}
      keyAt={keyAt}
      isMeasured={(index) => folds.has(keyAt(index))}
      onRange={onRange}
      head={
        <TableHead
          columns={columns}
          template={template}
          folds={detail !== undefined}
          sort={sort}
          onSort={onSort}
        />
      }
      rowAt={(index) => {
        const row = sorted[index] as R;
        const isOpen = folds.get(keyAt(index)) === true;
        return (
          <>
            <DataRow
              row={row}
              index={index}
              columns={columns}
              template={template}
              height={rowHeight}
              selected={selected === keyAt(index)}
              open={detail && isOpen}
              act={act}
            />
            {isOpen && detail && <div className="souk-row-detail">{detail(row)}</div>}
          </>
        );
      }}
    />
  );
}

/** The rows as the person wants them sorted, if at all. */
function useSorted<R>(rows: readonly R[], columns: readonly Column<R>[]) {
  const [sort, onSort] = useState<Sort>();
  const sorted = useMemo(
    () => sortedBy(rows, columns.find(({ key }) => key === sort?.key)?.sortBy, sort?.descending),
    [rows, columns, sort],
  );
  return { sorted, sort, onSort };
}

function folded(folds: ReadonlyMap<string, boolean>, key: string) {
  return new Map(folds).set(key, folds.get(key) !== true);
}

interface DataRowProps<R> {
  readonly row: R;
  readonly index: number;
  readonly columns: readonly Column<R>[];
  readonly template: string;
  readonly height: number;
  readonly selected: boolean;
  /** Whether it is unfolded; undefined where rows do not unfold. */
  readonly open: boolean | undefined;
  readonly act: ((row: R) => void) | undefined;
}

/** Drawn anew only when it changes itself, not whenever the list scrolls. */
const DataRow = memo(Row) as typeof Row;

function Row<R>(props: DataRowProps<R>) {
  const { row, index, columns, template, height, selected, open, act } = props;
  return (
    <div
      className="souk-table-row"
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      aria-expanded={open}
      data-clickable={act ? true : undefined}
      tabIndex={act ? 0 : undefined}
      onClick={act && ((event) => !isControl(event.target) && act(row))}
      onKeyDown={(event) => onRowKey(event, act && (() => act(row)))}
      style={{ gridTemplateColumns: template, height, position: 'static' }}
    >
      {open !== undefined && (
        <div className="souk-cell souk-fold" role="cell">
          <IconChevronRight size={15} className="souk-chevron" data-open={open || undefined} />
        </div>
      )}
      {columns.map(({ key: column, cell, end }) => (
        <div key={column} className="souk-cell" role="cell" data-end={end || undefined}>
          {cell(row)}
        </div>
      ))}
    </div>
  );
}

interface Sort {
  readonly key: string;
  readonly descending: boolean;
}

interface TableHeadProps<R> {
  readonly columns: readonly Column<R>[];
  readonly template: string;
  readonly folds: boolean;
  readonly sort: Sort | undefined;
  readonly onSort: (sort: Sort) => void;
}

function TableHead<R>({ columns, template, folds, sort, onSort }: TableHeadProps<R>) {
  return (
    <div className="souk-table-head" role="row" style={{ gridTemplateColumns: template }}>
      {folds && <div className="souk-cell" role="columnheader" />}
      {columns.map((column) => (
        <HeadCell key={column.key} column={column} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface HeadCellProps<R> extends Pick<TableHeadProps<R>, 'sort' | 'onSort'> {
  readonly column: Column<R>;
}

function HeadCell<R>({ column: { key, label, end, sortBy }, sort, onSort }: HeadCellProps<R>) {
  const active = sort?.key === key;
  const direction = active ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const Icon = sort?.descending ? IconArrowDown : IconArrowUp;
  return (
    <div
      className="souk-cell"
      role="columnheader"
      data-end={end || undefined}
      aria-sort={sortBy && direction}
    >
      {sortBy ? (
        <button
          type="button"
          className="souk-sort"
          onClick={() => onSort({ key, descending: active && !sort.descending })}
        >
          {label}
          {active && <Icon size={12} />}
        </button>
      ) : (
        label
      )}
    </div>
  );
}

/** What stands in a row and acts itself. */
function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input') !== null;
}

function onRowKey(
  event: React.KeyboardEvent<HTMLDivElement>,
  open: (() => void) | undefined,
): void {
  const { key, currentTarget, target } = event;
  if (target !== currentTarget) return;
  if (key === 'Enter' && open) open();
  const place = currentTarget.parentElement;
  const sibling =
    key === 'ArrowDown'
      ? place?.nextElementSibling?.firstElementChild
      : key === 'ArrowUp'
        ? place?.previousElementSibling?.firstElementChild
        : undefined;
  if (!(sibling instanceof HTMLElement)) return;
  event.preventDefault();
  sibling.focus();
}

function sortedBy<R>(
  rows: readonly R[],
  by: ((row: R) => number | string) | undefined,
  descending = false,
): readonly R[] {
  if (!by) return rows;
  const sign = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [by(a), by(b)];
    if (typeof x === 'string' && typeof y === 'string') return sign * x.localeCompare(y);
    return sign * (Number(x) - Number(y));
  });
}
