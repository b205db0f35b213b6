import { useCallback, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import type { MethodInput, MethodOutput } from '../../../main/bridge/contract.ts';
import { keyOf } from '../../stores/answers.ts';
import { useAnswer, useAnswers } from '../../stores/use-answer.ts';
import { useAnswerPages } from '../../stores/use-answer-pages.ts';
import type { DealView } from './deal-words.ts';

type Filter = Pick<MethodInput<'deals.list'>, 'roles' | 'progress'>;
type Page = MethodOutput<'deals.list'>;

const pageRows = 100;

interface DealPages {
  readonly deals: readonly DealView[] | undefined;
  /** Asks for the next page where there is one. */
  readonly more: () => void;
}

/**
 * The deals that fit, newest first, page after page. Each page hangs on the end of the one before, so that no
 * deal falls between two. A new deal moves all of them: what is shown stays until as many are here again.
 */
export function useDealPages(filter: Filter): DealPages {
  const name = JSON.stringify(filter);
  const [wanted, setWanted] = useState({ name, pages: 1 });
  const pages = wanted.name === name ? wanted.pages : 1;
  const first = useAnswer('deals.list', { ...filter, limit: pageRows }).data;
  const inputOf = (before: string) => ({ ...filter, limit: pageRows, before });
  const cursors = useCursors(first, inputOf, pages - 1);
  const older = useAnswerPages('deals.list', cursors.map(inputOf));
  const last = cursors.length === 0 ? first : older.at(-1)?.data;
  const complete =
    last !== undefined && (cursors.length === pages - 1 || last.before === undefined);
  const hasMore = complete && last.before !== undefined;
  const more = useCallback(() => {
    if (hasMore) setWanted({ name, pages: pages + 1 });
  }, [name, pages, hasMore]);
  const shown = useRef<{ name: string; deals: readonly DealView[] }>(undefined);
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

/** Where the pages behind the first begin, as far as the pages before them are here; at most `count`. */
function useCursors(
  first: Page | undefined,
  inputOf: (before: string) => MethodInput<'deals.list'>,
  count: number,
): readonly string[] {
  const { store } = useAnswers();
  return useStore(
    store,
    useShallow((answers) => {
      const cursors: string[] = [];
      let before = first?.before;
      while (before !== undefined && cursors.length < count) {
        cursors.push(before);
        const page = answers[keyOf('deals.list', inputOf(before))]?.data as Page | undefined;
        before = page?.before;
      }
      return cursors;
    }),
  );
}
