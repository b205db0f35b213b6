import { useCallback, useMemo, useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

type Page = MethodOutput<'wallet.statement'>;
export type StatementRow = Page['rows'][number];

const pageLength = 100;
const newRowsMax = 1_000;

export interface Statement {
  /** Newest first, without a gap; undefined until the first page is here. */
  readonly rows: readonly StatementRow[] | undefined;
  readonly hasMore: boolean;
  /** Asks for the page after the last one that is here. */
  readonly more: () => void;
}

/** What was read of a statement: the newest row when it was opened, and from there back as many pages as were wanted. */
interface Reading {
  readonly opened: number;
  readonly pages: readonly Page[];
  readonly wanted: number;
}

const begunAt = (opened: number): Reading => ({ opened, pages: [], wanted: 1 });

/**
 * A currency's statement as far as somebody scrolled. Rows never change, so the pages behind the first look
 * are read once and kept here; what came since is one question that is kept fresh, and stands before them.
 */
export function useStatement(currency: CurrencyId): Statement {
  const newest = useAnswer('wallet.statement', { currency, limit: 1 }).data;
  const latest = newest && (newest.rows[0]?.id ?? 0);
  const [reading, setReading] = useState<Reading>();
  if (!reading && latest !== undefined) setReading(begunAt(latest));
  const since = useAnswer(
    'wallet.statement',
    reading && { currency, limit: newRowsMax, since: reading.opened },
  ).data;
  const next = reading && nextOf(reading);
  const isWanted = reading !== undefined && reading.pages.length < reading.wanted;
  const page = useAnswer(
    'wallet.statement',
    next !== undefined && isWanted ? { currency, limit: pageLength, before: next } : undefined,
  ).data;
  if (reading && since?.before !== undefined && latest !== undefined && latest !== reading.opened) {
    // More came than one answer holds: begin anew from what is newest.
    setReading(begunAt(latest));
  } else if (reading && page) {
    setReading({ ...reading, pages: [...reading.pages, page] });
  }
  const more = useCallback(() => {
    setReading((before) => before && { ...before, wanted: before.pages.length + 1 });
  }, []);
  const pages = reading?.pages;
  const rows = useMemo(
    () =>
      pages?.length ? [...(since?.rows ?? []), ...pages.flatMap((each) => each.rows)] : undefined,
    [since, pages],
  );
  return { rows, hasMore: next !== undefined, more };
}

/** Before which row the next page begins; undefined where nothing is left. */
function nextOf({ opened, pages }: Reading): number | undefined {
  const last = pages.at(-1);
  return last ? last.before : opened + 1;
}
