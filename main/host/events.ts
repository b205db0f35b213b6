import type { PeerEvent } from '../../src/kernel/index.ts';
import type { DealId } from '../../src/protocol/index.ts';
import type { LibraryProgress } from '../library/index.ts';
import type { RetrievalState } from '../retrieval/index.ts';
import type { UploadProgress } from '../services/index.ts';

/** What happens at a running peer, for whoever watches: a screen, a command line. */
export type RunningPeerEvent =
  | PeerEvent
  | { readonly type: 'download'; readonly deal: DealId; readonly state: RetrievalState }
  | { readonly type: 'upload'; readonly progress: UploadProgress }
  | { readonly type: 'library'; readonly progress: LibraryProgress };

type Listener = (event: RunningPeerEvent) => void;

/** Tells events to everybody who listens. A listener that throws is told to `onFault`, the others hear all the same. */
export class Events {
  readonly #listeners = new Set<Listener>();
  readonly #onFault: (error: unknown) => void;

  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** Tells the listener of everything from now on, until the function it gives is called. */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Never throws. */
  tell(event: RunningPeerEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}
