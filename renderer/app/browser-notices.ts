import { create } from 'zustand';
import type { BridgeClient } from '../../main/bridge/client.ts';
import type { BridgeEvent } from '../../main/bridge/contract.ts';
import {
  factsOf,
  type Notice,
  type NoticeKind,
  noticeKindOf,
  noticeKinds,
  noticeOf,
} from '../../main/bridge/notices.ts';
import { t } from '../i18n/index.ts';
import { go } from './route.ts';
import { foundText } from './tell-found.tsx';

/** What a browser tells while its window is elsewhere; a desktop program keeps its own choice, and tells itself. */
type Choice = Readonly<Record<NoticeKind, boolean>>;

const storageKey = 'souk-notices';

/** Kept by this browser: what one wants to hear differs from window to window. */
export const useNotices = create<Choice>(kept);

function kept(): Choice {
  const off = window.localStorage.getItem(storageKey)?.split(' ') ?? [];
  const entries = noticeKinds.map((kind) => [kind, !off.includes(kind)] as const);
  return Object.fromEntries(entries) as Choice;
}

export function setNotice(kind: NoticeKind, on: boolean): void {
  useNotices.setState({ [kind]: on });
  const choice = useNotices.getState();
  const off = noticeKinds.filter((each) => !choice[each]);
  window.localStorage.setItem(storageKey, off.join(' '));
}

/** Tells events where the person asked for it, allowed it, and does not look at this window. */
export function browserNotices(client: Pick<BridgeClient, 'call'>): (event: BridgeEvent) => void {
  const facts = factsOf(client);
  return (event) => {
    const kind = noticeKindOf(event);
    if (!kind || !document.hidden || !useNotices.getState()[kind]) return;
    if (!('Notification' in window) || Notification.permission !== 'granted') return;
    void noticeOf(event, facts).then((notice) => notice && show(notice));
  };
}

function show(notice: Notice): void {
  const { title, body } = wordsOf(notice);
  const shown = new Notification(title, { body });
  shown.onclick = () => {
    window.focus();
    go(notice.page, notice.part);
  };
}

function wordsOf(notice: Notice): { readonly title: string; readonly body: string } {
  switch (notice.of) {
    case 'download':
    case 'contest':
      return { title: t(`settings.notices.${notice.of}.title`), body: notice.title };
    case 'bought':
      return { title: t('search.buying.told'), body: notice.title };
    case 'found':
      return { title: t('search.found.title'), body: foundText(notice.count) };
    case 'introduction':
      return { title: t('settings.notices.introduction.title'), body: notice.name };
    case 'discrepancy':
      return { title: t('settings.notices.discrepancy.title'), body: notice.detail };
    case 'tab': {
      const { name, symbol } = notice;
      const body = t('settings.notices.tab.text', { name, symbol });
      return { title: t('settings.notices.tabs'), body };
    }
  }
}
