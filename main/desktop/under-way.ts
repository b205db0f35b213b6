import type { BridgeEvent } from '../bridge/contract.ts';
import type { DownloadView } from '../retrieval/index.ts';

/** Uploads that are being sent now, as events tell. */
export class Uploads {
  readonly #sending = new Set<number>();

  note(event: BridgeEvent): void {
    if (event.type !== 'upload') return;
    if (event.state === 'sending') this.#sending.add(event.upload);
    else this.#sending.delete(event.upload);
  }

  get count(): number {
    return this.#sending.size;
  }
}

/** A retrieval that rests is not broken off by an end. */
export function isRunning({ state }: Pick<DownloadView, 'state'>): boolean {
  return !['paused', 'interrupted', 'failed', 'complete'].includes(state.kind);
}
