import type { SearchView } from './wish.ts';

/**
 * Why there is no bid to be shown: all have expired, nobody that was asked could answer, or nobody offered it.
 * More money helps in the last case only.
 */
export function whyNothing({
  bids,
  askedPeers,
  refusals,
}: Pick<SearchView, 'bids' | 'askedPeers' | 'refusals'>): 'gone' | 'refused' | 'nothing' {
  if (bids > 0) return 'gone';
  const refused = new Set(refusals.map(({ peer }) => peer));
  const all = askedPeers.length > 0 && askedPeers.every((peer) => refused.has(peer));
  return all ? 'refused' : 'nothing';
}
