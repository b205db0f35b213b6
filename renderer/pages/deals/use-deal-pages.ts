import { useCallback, useMemo, useRef, useState } from 'react';
import type { MethodInput } from '../../../main/bridge/contract.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useAnswerPages } from '../../stores/use-answer-pages.ts';
import type { DealView } from './deal-words.ts';

type Filter = Pick<MethodInput<'deals.list'>, 'roles' | 'progress'>;

const pageRows = 100;

interface DealPages {
  readonly deals: readonly DealView[] | undefined;
  /** Asks for the next page where there is one. */
  readonly more: () => void;
}

/**
 * The deals that fit, newest first, page after page. The newest page is kept fresh; the ones behind hang
 * on its end, so that no deal falls between two pages.
 */
export function useDealPages(filter: Filter): DealPages {
  const name = JSON.stringify(filter);
  const [wanted, setWanted] = useState({ name, pages: 1 });
  const pages = wanted.name === name ? wanted.pages : 1;
  const cursors = useRef<{ name: string; before: readonly string[] }>({ name, before: [] });
  if (cursors.current.name !== name) cursors.current = { name, before: [] };
  const first = useAnswer('deals.list', { ...filter, limit: pageRows }).data;
  const [head] = cursors.current.before;
  if (first?.before !== head) {
    cursors.current = { name, before: first?.before === undefined ? [] : [first.before] };
  }
  const older = useAnswerPages(
    'deals.list',
    cursors.current.before
      .slice(0, pages - 1)
      .map((before) => ({ ...filter, limit: pageRows, before })),
  );
  const lastOlder = older.at(-1)?.data?.before;
  if (lastOlder !== undefined && older.length === cursors.current.before.length)
    cursors.current = { name, before: [...cursors.current.before, lastOlder] };
  const known = cursors.current.before.length;
  const more = useCallback(() => {
    setWanted({ name, pages: Math.min(pages, known) + 1 });
  }, [name, pages, known]);
  const shown = useRef<{ name: string; deals: readonly DealView[] }>(undefined);
  const complete = first !== undefined && older.every((page) => page?.data !== undefined);
  // Put together only where a page changed: the list may be long.
  const deals = useMemo(
    () =>
      complete
        ? [first, ...older.map((page) => page?.data)].flatMap((page) => page?.deals ?? [])
        : undefined,
    [complete, first, older],
  );
  if (deals) shown.current = { name, deals };
  return { deals: shown.current?.name === name ? shown.current.deals : undefined, more };
}
