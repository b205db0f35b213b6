import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useMemo, useRef, useState } from 'react';

export interface Column<R> {
  readonly key: string;
  readonly label: string;
  /** As in CSS grid: `minmax(12rem, 1fr)`, `7rem`. */
  readonly width: string;
  readonly cell: (row: R) => ReactNode;
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
}

/**
 * A table of any length: only the rows in sight are drawn. Sorted by its headers, walked by the arrow keys.
 * Its parts are named by roles: <table> cannot be drawn in part.
 */
export function DataTable<R>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = 44,
  empty,
  selected,
  onOpen,
}: DataTableProps<R>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [sort, setSort] = useState<{ readonly key: string; readonly descending: boolean }>();
  const sorted = useMemo(
    () => sortedBy(rows, columns.find(({ key }) => key === sort?.key)?.sortBy, sort?.descending),
    [rows, columns, sort],
  );
  const virtual = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const template = columns.map(({ width }) => width).join(' ');
  if (rows.length === 0 && empty) return <>{empty}</>;
  return (
    <div
      className="souk-table"
      ref={scroller}
      role="table"
      aria-label={label}
      aria-rowcount={sorted.length + 1}
    >
      <div className="souk-table-head" role="row" style={{ gridTemplateColumns: template }}>
        {columns.map((column) => (
          <HeadCell key={column.key} column={column} sort={sort} onSort={setSort} />
        ))}
      </div>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {virtual.getVirtualItems().map(({ index, start, size }) => {
          const row = sorted[index] as R;
          const key = rowKey(row);
          return (
            <div
              key={key}
              className="souk-table-row"
              role="row"
              aria-rowindex={index + 2}
              aria-selected={selected === key}
              data-clickable={onOpen ? true : undefined}
              tabIndex={onOpen ? 0 : undefined}
              onClick={onOpen && (() => onOpen(row))}
              onKeyDown={(event) => onRowKey(event, onOpen && (() => onOpen(row)))}
              style={{
                gridTemplateColumns: template,
                height: size,
                transform: `translateY(${start}px)`,
              }}
            >
              {columns.map(({ key: column, cell, end }) => (
                <div key={column} className="souk-cell" role="cell" data-end={end || undefined}>
                  {cell(row)}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface HeadCellProps<R> {
  readonly column: Column<R>;
  readonly sort: { readonly key: string; readonly descending: boolean } | undefined;
  readonly onSort: (sort: { readonly key: string; readonly descending: boolean }) => void;
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

function onRowKey(
  event: React.KeyboardEvent<HTMLDivElement>,
  open: (() => void) | undefined,
): void {
  const { key, currentTarget, target } = event;
  if (target !== currentTarget) return;
  if (key === 'Enter' && open) open();
  const sibling =
    key === 'ArrowDown'
      ? currentTarget.nextElementSibling
      : key === 'ArrowUp'
        ? currentTarget.previousElementSibling
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
