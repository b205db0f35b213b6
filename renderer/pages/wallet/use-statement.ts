import { useCallback, useState } from 'react';
import type { MethodInput, MethodOutput } from '../../../main/bridge/contract.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useAnswerPages } from '../../stores/use-answer-pages.ts';

export type StatementRow = MethodOutput<'wallet.statement'>['rows'][number];

const pageLength = 100;
const newRowsMax = 1_000;

export interface Statement {
  /** Newest first, without a gap; undefined until the first page is here. */
  readonly rows: readonly StatementRow[] | undefined;
  readonly hasMore: boolean;
  /** Asks for the page after the last one that is here. */
  readonly more: () => void;
}

/**
 * A currency's statement as far as somebody scrolled. Rows never change, so the pages behind the first look
 * stand still; what came since is one question that is kept fresh, and stands before them.
 */
export function useStatement(currency: CurrencyId): Statement {
  const newest = useAnswer('wallet.statement', { currency, limit: 1 }).data;
  const [opened, setOpened] = useState<number>();
  if (opened === undefined && newest) setOpened(newest.rows[0]?.id ?? 0);
  const [cursors, setCursors] = useState<readonly number[]>([]);
  const inputs: readonly MethodInput<'wallet.statement'>[] =
    opened === undefined
      ? []
      : [
          { currency, limit: newRowsMax, since: opened },
          ...[opened + 1, ...cursors].map((before) => ({ currency, limit: pageLength, before })),
        ];
  // Of the pages that stand still only the last may be on its way: those before it led to it.
  const answers = useAnswerPages(
    'wallet.statement',
    inputs,
    (index) => index === 0 || index === inputs.length - 1,
  );
  const [since, ...pages] = answers.map((answer) => answer?.data);
  const latest = newest?.rows[0]?.id ?? 0;
  if (since?.before !== undefined && latest !== opened) {
    // More came than one answer holds: begin anew from what is newest.
    setOpened(latest);
    setCursors([]);
  }
  const next = pages.at(-1)?.before;
  const more = useCallback(() => {
    if (next !== undefined)
      setCursors((before) => (before.includes(next) ? before : [...before, next]));
  }, [next]);
  const first = pages[0];
  return {
    rows: first && [...(since?.rows ?? []), ...pages.flatMap((page) => page?.rows ?? [])],
    hasMore: next !== undefined || pages.some((page) => page === undefined),
    more,
  };
}
