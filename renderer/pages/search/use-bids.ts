import { useMemo } from 'react';
import { useAnswer } from '../../stores/use-answer.ts';
import { useAnswerPages } from '../../stores/use-answer-pages.ts';
import type { BidView } from './bids-by-document.ts';

/** As many as the peer gives at once. */
const pageBids = 1_000;

/** All bids of a search that are here, however many; undefined until the first answer. */
export function useBids(search: string): readonly BidView[] | undefined {
  const first = useAnswer('search.bids', { search, limit: pageBids }).data;
  const more = Math.max(0, Math.ceil((first?.total ?? 0) / pageBids) - 1);
  const others = useAnswerPages(
    'search.bids',
    Array.from({ length: more }, (_, n) => ({
      ...{ search, limit: pageBids, offset: (n + 1) * pageBids },
    })),
  );
  return useMemo(() => {
    if (!first) return undefined;
    const all = [...first.bids, ...others.flatMap((page) => page?.data?.bids ?? [])];
    // While bids come in, one that stood at the end of a page may stand at the beginning of the next.
    return [...new Map(all.map((bid) => [bid.id, bid])).values()];
  }, [first, others]);
}
