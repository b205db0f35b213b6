import { create } from 'zustand';
import type { BridgeClient } from '../../main/bridge/client.ts';
import type { BridgeEvent } from '../../main/bridge/contract.ts';
import { TabWatch } from '../../main/bridge/tab-watch.ts';
import { t } from '../i18n/index.ts';
import { go } from './route.ts';

/** What a browser tells while its window is elsewhere; on a desktop the program itself does. */
export const browserNoticeKinds = [
  'downloads',
  'searches',
  'introductions',
  'tabs',
  'discrepancies',
  'contests',
] as const;
export type BrowserNoticeKind = (typeof browserNoticeKinds)[number];
type Choice = Readonly<Record<BrowserNoticeKind, boolean>>;

const storageKey = 'souk-notices';

/** Kept by this browser: what one wants to hear differs from window to window. */
export const useNotices = create<Choice>(kept);

function kept(): Choice {
  const off = window.localStorage.getItem(storageKey)?.split(' ') ?? [];
  const entries = browserNoticeKinds.map((kind) => [kind, !off.includes(kind)] as const);
  return Object.fromEntries(entries) as Choice;
}

export function setNotice(kind: BrowserNoticeKind, on: boolean): void {
  useNotices.setState({ [kind]: on });
  const choice = useNotices.getState();
  const off = browserNoticeKinds.filter((each) => !choice[each]);
  window.localStorage.setItem(storageKey, off.join(' '));
}

/** Tells events where the person asked for it, allowed it, and does not look at this window. */
export function browserNotices(client: Pick<BridgeClient, 'call'>): (event: BridgeEvent) => void {
  const tabs = new TabWatch(client);
  return (event) => {
    const kind = kindOf(event);
    if (!kind || !document.hidden || !useNotices.getState()[kind]) return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    void noticeOf(event, { client, tabs }).then((notice) => {
      if (notice) show(notice);
    });
  };
}

function show({ title, body, page, part }: Notice): void {
  const shown = new Notification(title, { body });
  shown.onclick = () => {
    window.focus();
    go(page, part);
  };
}

interface Notice {
  readonly title: string;
  readonly body: string;
  readonly page: string;
  readonly part?: string;
}

const kinds: Readonly<Partial<Record<BridgeEvent['type'], BrowserNoticeKind>>> = {
  download: 'downloads',
  'saved-search-found': 'searches',
  'saved-search-bought': 'searches',
  introduction: 'introductions',
  tab: 'tabs',
  discrepancy: 'discrepancies',
  contest: 'contests',
};

function kindOf(event: BridgeEvent): BrowserNoticeKind | undefined {
  if (event.type === 'download' && event.state.kind !== 'complete') return undefined;
  // The person's own contest is no news to them; how it ended is.
  if (event.type === 'contest' && event.state === 'sent') return undefined;
  return kinds[event.type];
}

interface Sources {
  readonly client: Pick<BridgeClient, 'call'>;
  readonly tabs: TabWatch;
}

async function noticeOf(event: BridgeEvent, sources: Sources): Promise<Notice | undefined> {
  const { client, tabs } = sources;
  switch (event.type) {
    case 'saved-search-bought':
    case 'download':
    case 'contest': {
      const deal = await client.call('deals.get', { deal: event.deal });
      const body = (deal.ok && deal.value.sides[0]?.deal.title) || '';
      const title =
        event.type === 'saved-search-bought'
          ? t('search.buying.told')
          : t(`settings.notices.${event.type}.title`);
      return { title, body, page: 'deals', part: event.deal };
    }
    case 'saved-search-found': {
      const body = t('search.found.text', { count: event.documents });
      return { title: t('search.found.title'), body, page: 'search', part: event.search };
    }
    case 'introduction': {
      const title = t('settings.notices.introduction.title');
      return { title, body: event.name, page: 'neighbors', part: 'requests' };
    }
    case 'discrepancy': {
      const title = t('settings.notices.discrepancy.title');
      return { title, body: event.detail, page: 'neighbors', part: event.peer };
    }
    case 'tab': {
      const near = await tabs.nearLimit(event.peer, event.currency);
      if (!near) return undefined;
      const body = t('settings.notices.tab.text', near);
      return { title: t('settings.notices.tabs'), body, page: 'neighbors', part: event.peer };
    }
    default:
      return undefined;
  }
}
