import type { RunningPeerEvent } from '../../main/host/index.ts';

const sent = new Map<number, number>();

/** Counts what leaves this process, answer by answer. */
export function watchUploads(onEvent: (listener: (event: RunningPeerEvent) => void) => void): void {
  onEvent((event) => {
    if (event.type === 'upload') sent.set(event.progress.upload, event.progress.bytesSent);
  });
}

export function uploadedBytes(): number {
  return [...sent.values()].reduce((sum, bytes) => sum + bytes, 0);
}
