import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef } from 'react';

interface RowsInSightProps {
  readonly label: string;
  /** Whether a row itself unfolds: then it is a grid of a tree. */
  readonly unfolds?: boolean;
  readonly count: number;
  readonly rowHeight: number;
  /** How many rows are drawn before and behind those in sight. */
  readonly overscan: number;
  /** What a row is known by when others come before it; its place where this is left out. */
  readonly keyAt?: (index: number) => string;
  /** Whether a row may have another height than `rowHeight`. */
  readonly isMeasured: (index: number) => boolean;
  /** The first and the last row that are drawn, each time that they are others. */
  readonly onRange: (first: number, last: number) => void;
  readonly head: ReactNode;
  readonly rowAt: (index: number) => ReactNode;
}

/**
 * The frame of a table of any length: its head, and of its rows those in sight. Its parts are named by
 * roles: <table> cannot be drawn in part.
 */
export function RowsInSight(props: RowsInSightProps) {
  const { label, unfolds, count, rowHeight, overscan, keyAt, isMeasured, onRange, head, rowAt } =
    props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    ...(keyAt && { getItemKey: keyAt }),
    estimateSize: () => rowHeight,
    overscan,
  });
  const inSight = virtual.getVirtualItems();
  const first = inSight[0]?.index ?? 0;
  const last = inSight.at(-1)?.index ?? 0;
  useEffect(() => onRange(first, last), [onRange, first, last]);
  return (
    <div
      className="souk-table"
      ref={scroller}
      role={unfolds ? 'treegrid' : 'table'}
      aria-label={label}
      aria-rowcount={count + 1}
    >
      {head}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="rowgroup">
        {inSight.map(({ key, index, start }) => (
          <div
            key={key}
            ref={isMeasured(index) ? virtual.measureElement : undefined}
            data-index={index}
            className="souk-paged-row"
            style={{ transform: `translateY(${start}px)` }}
          >
            {rowAt(index)}
          </div>
        ))}
      </div>
    </div>
  );
}
