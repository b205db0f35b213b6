import { ActionIcon } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { memo, type ReactNode, useCallback, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import { type Column, useFitting } from './data-table.tsx';
import { RowsInSight } from './rows-in-sight.tsx';

interface PagedTableProps<R> {
  readonly label: string;
  readonly columns: readonly Omit<Column<R>, 'sortBy'>[];
  /** How many rows there are, here or not yet here. */
  readonly count: number;
  /** The row at a place; undefined while it is on its way. */
  readonly rowAt: (index: number) => R | undefined;
  readonly rowKey: (row: R) => string;
  /** The rows in sight: what is missing of them should be asked for. */
  readonly onRange: (first: number, last: number) => void;
  readonly rowHeight?: number;
  /** More about a row, shown under it when it is unfolded. */
  readonly detail?: (row: R) => ReactNode;
}

/** A long list that comes in pages as one scrolls: what is not here yet keeps its place. */
export function PagedTable<R>(props: PagedTableProps<R>) {
  const { label, columns: allColumns, count, rowAt, rowKey, onRange } = props;
  const { rowHeight = 44, detail } = props;
  const columns = useFitting(allColumns);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const onFold = useCallback(
    (key: string) => setOpen((before) => new Set(before).symmetricDifference(new Set([key]))),
    [],
  );
  const template = [...(detail ? ['1.75rem'] : []), ...columns.map(({ width }) => width)].join(' ');
  return (
    <RowsInSight
      label={label}
      count={count}
      rowHeight={rowHeight}
      overscan={10}
      isMeasured={() => detail !== undefined}
      onRange={onRange}
      head={
        <div className="souk-table-head" role="row" style={{ gridTemplateColumns: template }}>
          {detail && <div className="souk-cell" role="columnheader" />}
          {columns.map(({ key, label: title, end }) => (
            <div key={key} className="souk-cell" role="columnheader" data-end={end || undefined}>
              {title}
            </div>
          ))}
        </div>
      }
      rowAt={(index) => (
        <TableRow
          row={rowAt(index)}
          index={index}
          height={rowHeight}
          template={template}
          columns={columns}
          rowKey={rowKey}
          detail={detail}
          open={open}
          onFold={onFold}
        />
      )}
    />
  );
}

interface RowProps<R> extends Pick<PagedTableProps<R>, 'columns' | 'rowKey'> {
  readonly row: R | undefined;
  readonly index: number;
  readonly height: number;
  readonly template: string;
  readonly detail: ((row: R) => ReactNode) | undefined;
  readonly open: ReadonlySet<string>;
  readonly onFold: (key: string) => void;
}

/** Drawn anew only when it changes itself, not whenever the list scrolls. */
const TableRow = memo(Row) as typeof Row;

function Row<R>(props: RowProps<R>) {
  const { row, index, height, template, columns, rowKey, detail, open, onFold } = props;
  const t = useTexts();
  const key = row === undefined ? undefined : rowKey(row);
  const isOpen = key !== undefined && open.has(key);
  return (
    <>
      <div
        className="souk-table-row"
        role="row"
        aria-rowindex={index + 2}
        style={{ gridTemplateColumns: template, height, position: 'static' }}
      >
        {detail && (
          <div role="cell">
            <ActionIcon
              size="sm"
              variant="subtle"
              color="gray"
              aria-label={t(isOpen ? 'table.fold' : 'table.unfold')}
              aria-expanded={isOpen}
              disabled={row === undefined}
              onClick={() => key !== undefined && onFold(key)}
            >
              <IconChevronRight
                size={15}
                className="souk-chevron"
                data-open={isOpen || undefined}
              />
            </ActionIcon>
          </div>
        )}
        {columns.map(({ key: column, cell, end }) => (
          <div key={column} className="souk-cell" role="cell" data-end={end || undefined}>
            {row === undefined ? <span className="souk-bone" /> : cell(row)}
          </div>
        ))}
      </div>
      {isOpen && row !== undefined && detail && (
        <div className="souk-row-detail">{detail(row)}</div>
      )}
    </>
  );
}
