import type { BridgeClient } from './client.ts';
import type { BridgeEvent } from './contract.ts';
import { TabWatch } from './tab-watch.ts';

/** What a person may choose to be told while the window is elsewhere, on a desktop and by a browser alike. */
export const noticeKinds = [
  'downloads',
  'searches',
  'introductions',
  'tabs',
  'discrepancies',
  'contests',
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** What is told of an event, for either to word it; each text of others is `plain`. */
export type Notice = Told & {
  readonly kind: NoticeKind;
  /** Where a click leads. */
  readonly page: string;
  readonly part: string;
};

type Told =
  | { readonly of: 'download' | 'bought' | 'contest'; readonly title: string }
  | { readonly of: 'found'; readonly wish: string; readonly count: number }
  | { readonly of: 'introduction'; readonly name: string }
  | { readonly of: 'discrepancy'; readonly detail: string }
  | { readonly of: 'tab'; readonly name: string; readonly symbol: string };

/** What a notice needs to know of the peer; undefined where nobody knows. */
export interface NoticeFacts {
  titleOf(deal: string): Promise<string | undefined>;
  /** What a saved search looks for. */
  wishOf(saved: string): Promise<string | undefined>;
  /** The tab with a peer, where little of its limit is left. */
  nearLimit(
    peer: string,
    currency: string,
  ): Promise<{ readonly name: string; readonly symbol: string } | undefined>;
}

/** The facts as a peer tells them. */
export function factsOf(client: Pick<BridgeClient, 'call'>): NoticeFacts {
  const tabs = new TabWatch(client);
  return {
    titleOf: async (deal) => {
      const answer = await client.call('deals.get', { deal: deal as never });
      return answer.ok ? answer.value.sides[0]?.deal.title : undefined;
    },
    wishOf: async (saved) => {
      const answer = await client.call('search.saved', {});
      const found = answer.ok && answer.value.searches.find((each) => each.id === saved);
      return found ? (found.query.text ?? found.query.documentId) : undefined;
    },
    nearLimit: (peer, currency) => tabs.nearLimit(peer, currency),
  };
}

const kinds: Readonly<Partial<Record<BridgeEvent['type'], NoticeKind>>> = {
  download: 'downloads',
  'saved-search-found': 'searches',
  'saved-search-bought': 'searches',
  introduction: 'introductions',
  tab: 'tabs',
  discrepancy: 'discrepancies',
  contest: 'contests',
};

/** Of which kind an event would be told; most events are told to nobody. */
export function noticeKindOf(event: BridgeEvent): NoticeKind | undefined {
  if (event.type === 'download' && event.state.kind !== 'complete') return undefined;
  // The person's own contest is no news to them; how it ended is.
  if (event.type === 'contest' && event.state === 'sent') return undefined;
  return kinds[event.type];
}

/** What a person is told of an event; undefined where that is nothing. */
export async function noticeOf(
  event: BridgeEvent,
  facts: NoticeFacts,
): Promise<Notice | undefined> {
  const kind = noticeKindOf(event);
  if (!kind) return undefined;
  switch (event.type) {
    case 'download':
    case 'contest':
    case 'saved-search-bought': {
      const title = plain((await facts.titleOf(event.deal)) ?? '');
      const of = event.type === 'saved-search-bought' ? 'bought' : event.type;
      return { kind, of, title, page: 'deals', part: event.deal };
    }
    case 'saved-search-found': {
      const wish = plain((await facts.wishOf(event.saved)) ?? '');
      return {
        kind,
        of: 'found',
        wish,
        count: event.documents,
        page: 'search',
        part: event.search,
      };
    }
    case 'introduction': {
      const name = plain(event.name);
      return { kind, of: 'introduction', name, page: 'neighbors', part: 'requests' };
    }
    case 'discrepancy': {
      const detail = plain(event.detail);
      return { kind, of: 'discrepancy', detail, page: 'neighbors', part: event.peer };
    }
    case 'tab': {
      const near = await facts.nearLimit(event.peer, event.currency);
      if (!near) return undefined;
      const [name, symbol] = [plain(near.name), plain(near.symbol)];
      return { kind, of: 'tab', name, symbol, page: 'neighbors', part: event.peer };
    }
    default:
      return undefined;
  }
}

const bodyCharactersMax = 160;

/**
 * A text of others, for a notification: one line, no control or direction characters, and none of the
 * brackets that some Linux desktops take for markup.
 */
export function plain(text: string): string {
  const line = text
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, ' ')
    .replaceAll('<', '‹')
    .replaceAll('>', '›')
    .replaceAll('&', '＆')
    .trim();
  const characters = [...line];
  return characters.length <= bodyCharactersMax
    ? line
    : `${characters.slice(0, bodyCharactersMax - 1).join('')}…`;
}
