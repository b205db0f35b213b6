import { useMediaQuery } from '@mantine/hooks';
import { IconArrowDown, IconArrowUp, IconChevronRight } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';

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

/**
 * A table of any length: only the rows in sight are drawn. Sorted by its headers, walked by the arrow keys.
 * Its parts are named by roles: <table> cannot be drawn in part.
 */
export function DataTable<R>({
  label,
  columns: allColumns,
  rows,
  rowKey,
  rowHeight = 44,
  empty,
  selected,
  onOpen,
  detail,
  onEnd,
}: DataTableProps<R>) {
  const columns = useFitting(allColumns);
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<Sort>();
  /** Those that were ever unfolded, and whether they still are: only their height can be another one. */
  const [folds, setFolds] = useState<ReadonlyMap<string, boolean>>(new Map());
  const sorted = useMemo(
    () => sortedBy(rows, allColumns.find(({ key }) => key === sort?.key)?.sortBy, sort?.descending),
    [rows, allColumns, sort],
  );
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    getItemKey: useCallback((index) => rowKey(sorted[index] as R), [sorted, rowKey]),
    estimateSize: () => rowHeight,
    overscan: 8,
  });
  const inSight = virtual.getVirtualItems();
  const atEnd = sorted.length > 0 && inSight.at(-1)?.index === sorted.length - 1;
  useEffect(() => {
    if (atEnd) onEnd?.();
  }, [atEnd, onEnd]);
  const template = [...(detail ? ['1rem'] : []), ...columns.map(({ width }) => width)].join(' ');
  const fold = useCallback((row: R) => setFolds((before) => folded(before, rowKey(row))), [rowKey]);
  const act = detail ? fold : onOpen;
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div
      className="souk-table"
      ref={scroller}
      role={detail ? 'treegrid' : 'table'}
      aria-label={label}
      aria-rowcount={sorted.length + 1}
    >
      <TableHead
        columns={columns}
        template={template}
        folds={detail !== undefined}
        sort={sort}
        onSort={setSort}
      />
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {inSight.map(({ index, start }) => {
          const row = sorted[index] as R;
          const key = rowKey(row);
          const isOpen = folds.get(key) === true;
          return (
            <div
              key={key}
              ref={folds.has(key) ? virtual.measureElement : undefined}
              data-index={index}
              className="souk-paged-row"
              style={{ transform: `translateY(${start}px)` }}
            >
              <DataRow
                row={row}
                index={index}
                columns={columns}
                template={template}
                height={rowHeight}
                selected={selected === key}
                open={detail && isOpen}
                act={act}
              />
              {isOpen && detail && <div className="souk-row-detail">{detail(row)}</div>}
            </div>
          );
        })}
      </div>
    </div>
  );
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
