import { Notification } from 'electron';
import type { BridgeClient } from '../bridge/client.ts';
import type { BridgeEvent } from '../bridge/contract.ts';
import { factsOf, type NoticeFacts, noticeOf } from '../bridge/notices.ts';
import { noticeWords } from './notice-words.ts';
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
    this.#facts = factsOf(parts.client);
  }

  async note(event: BridgeEvent): Promise<void> {
    const { preferences, texts, isLooking } = this.#parts;
    const notice = await noticeOf(event, this.#facts);
    if (!notice || !preferences.current.notifications[notice.kind] || isLooking()) return;
    const { page, part } = notice;
    this.#show(noticeWords(notice, texts), { kind: 'page', page, part });
  }

  #show(words: { readonly title: string; readonly body: string }, wanted: Wanted): void {
    if (!Notification.isSupported()) return;
    const shown = new Notification(words);
    const [oldest] = this.#open;
    if (oldest && this.#open.size >= openMax) this.#open.delete(oldest);
    this.#open.add(shown);
    shown.on('click', () => this.#parts.show(wanted));
    shown.on('close', () => this.#open.delete(shown));
    shown.show();
  }
}
