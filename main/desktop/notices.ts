import type { BridgeEvent } from '../bridge/contract.ts';
import type { NoticeKind } from './preferences.ts';
import type { Texts } from './texts/index.ts';
import type { Wanted } from './wanted.ts';

export interface Notice {
  readonly kind: NoticeKind;
  readonly title: string;
  readonly body: string;
  /** Where a click leads. */
  readonly wanted: Wanted;
}

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

/** What a person is told of an event while the window is elsewhere; most events are told to nobody. */
export async function noticeOf(
  event: BridgeEvent,
  texts: Texts,
  facts: NoticeFacts,
): Promise<Notice | undefined> {
  switch (event.type) {
    case 'download': {
      if (event.state.kind !== 'complete') return undefined;
      const body = plain((await facts.titleOf(event.deal)) ?? '');
      const wanted: Wanted = { kind: 'page', page: 'deals', part: event.deal };
      return { kind: 'downloads', title: texts('notice.download'), body, wanted };
    }
    case 'saved-search-found': {
      const wish = plain((await facts.wishOf(event.saved)) ?? '');
      return {
        kind: 'searches',
        title: texts('notice.search'),
        body: texts('notice.search-body', { wish, count: event.documents }),
        wanted: { kind: 'page', page: 'search', part: event.search },
      };
    }
    case 'saved-search-bought': {
      const body = plain((await facts.titleOf(event.deal)) ?? '');
      const wanted: Wanted = { kind: 'page', page: 'deals', part: event.deal };
      return { kind: 'searches', title: texts('notice.bought'), body, wanted };
    }
    case 'introduction':
      return {
        kind: 'introductions',
        title: texts('notice.introduction'),
        body: plain(event.name),
        wanted: { kind: 'page', page: 'neighbors', part: 'requests' },
      };
    case 'contest': {
      // The person's own contest is no news to them; how it ended is.
      if (event.state === 'sent') return undefined;
      const body = plain((await facts.titleOf(event.deal)) ?? '');
      const wanted: Wanted = { kind: 'page', page: 'deals', part: event.deal };
      return { kind: 'contests', title: texts('notice.contest'), body, wanted };
    }
    case 'discrepancy':
      return {
        kind: 'discrepancies',
        title: texts('notice.discrepancy'),
        body: plain(event.detail),
        wanted: { kind: 'page', page: 'neighbors', part: event.peer },
      };
    case 'tab': {
      const near = await facts.nearLimit(event.peer, event.currency);
      if (!near) return undefined;
      const body = texts('notice.tab-body', { name: plain(near.name), symbol: plain(near.symbol) });
      const wanted: Wanted = { kind: 'page', page: 'neighbors', part: event.peer };
      return { kind: 'tabs', title: texts('notice.tab'), body, wanted };
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
