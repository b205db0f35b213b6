import { Notification } from 'electron';
import type { BridgeClient } from '../bridge/client.ts';
import type { BridgeEvent } from '../bridge/contract.ts';
import { TabWatch } from '../bridge/tab-watch.ts';
import { type Notice, type NoticeFacts, noticeOf } from './notices.ts';
import type { PreferencesFile } from './preferences.ts';
import type { Texts } from './texts/index.ts';
import type { Wanted } from './wanted.ts';

export interface NotifierParts {
  readonly client: BridgeClient;
  readonly preferences: PreferencesFile;
  readonly texts: Texts;
  /** A person who looks at the window sees it there. */
  isLooking(): boolean;
  show(wanted: Wanted): void;
}

const openMax = 16;

/** Tells what happens while the window is elsewhere, as far as the person wants to know. */
export class Notifier {
  readonly #parts: NotifierParts;
  readonly #facts: NoticeFacts;
  /** A notification that nobody refers to is collected, and its click with it. */
  readonly #open = new Set<Notification>();

  constructor(parts: NotifierParts) {
    this.#parts = parts;
    const tabs = new TabWatch(parts.client);
    this.#facts = {
      titleOf: async (deal) => {
        const answer = await parts.client.call('deals.get', { deal: deal as never });
        return answer.ok ? answer.value.sides[0]?.deal.title : undefined;
      },
      wishOf: async (saved) => {
        const answer = await parts.client.call('search.saved', {});
        const found = answer.ok && answer.value.searches.find((each) => each.id === saved);
        return found ? (found.query.text ?? found.query.documentId) : undefined;
      },
      nearLimit: (peer, currency) => tabs.nearLimit(peer, currency),
    };
  }

  async note(event: BridgeEvent): Promise<void> {
    const { preferences, texts, isLooking } = this.#parts;
    const notice = await noticeOf(event, texts, this.#facts);
    if (!notice || !preferences.current.notifications[notice.kind] || isLooking()) return;
    this.tell(notice);
  }

  tell({ title, body, wanted }: Omit<Notice, 'kind'>): void {
    if (!Notification.isSupported()) return;
    const shown = new Notification({ title, body });
    const [oldest] = this.#open;
    if (oldest && this.#open.size >= openMax) this.#open.delete(oldest);
    this.#open.add(shown);
    shown.on('click', () => this.#parts.show(wanted));
    shown.on('close', () => this.#open.delete(shown));
    shown.show();
  }
}
