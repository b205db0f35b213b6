import { create } from 'zustand';
import type { BridgeEvent } from '../../main/bridge/contract.ts';
import { t } from '../i18n/index.ts';
import { go } from './route.ts';

/** What a browser tells while its window is elsewhere; on a desktop the program itself does. */
export const browserNoticeKinds = [
  'downloads',
  'introductions',
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

/** Tells an event where the person asked for it, allowed it, and does not look at this window. */
export function noticeEvent(event: BridgeEvent): void {
  const notice = noticeOf(event);
  if (!notice || !document.hidden || !useNotices.getState()[notice.kind]) return;
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const shown = new Notification(notice.title, { body: notice.body });
  shown.onclick = () => {
    window.focus();
    go(notice.page, notice.part);
  };
}

interface Notice {
  readonly kind: BrowserNoticeKind;
  readonly title: string;
  readonly body: string;
  readonly page: string;
  readonly part?: string;
}

function noticeOf(event: BridgeEvent): Notice | undefined {
  switch (event.type) {
    case 'download':
      if (event.state.kind !== 'complete') return undefined;
      return {
        kind: 'downloads',
        title: t('settings.notices.download.title'),
        body: event.state.path.split(/[\\/]/).at(-1) ?? '',
        page: 'deals',
        part: event.deal,
      };
    case 'introduction':
      return {
        kind: 'introductions',
        title: t('settings.notices.introduction.title'),
        body: event.name,
        page: 'neighbors',
      };
    case 'contest':
      // The person's own contest is no news to them; how it ended is.
      if (event.state === 'sent') return undefined;
      return {
        kind: 'contests',
        title: t('settings.notices.contest.title'),
        body: t(`contest.short.${event.state}`, {}, event.state),
        page: 'deals',
        part: event.deal,
      };
    case 'discrepancy':
      return {
        kind: 'discrepancies',
        title: t('settings.notices.discrepancy.title'),
        body: event.detail,
        page: 'neighbors',
        part: event.peer,
      };
    default:
      return undefined;
  }
}
