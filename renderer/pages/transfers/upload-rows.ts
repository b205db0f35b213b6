import type { Deal } from './transfer-rows.ts';

type UploadState = 'sending' | 'sent' | 'broken';

/** One answer with bytes of a document, as the events tell it. */
export interface UploadSeen {
  readonly id: string;
  readonly peer: string;
  readonly documentId: string;
  readonly state: UploadState;
  readonly bytesSent: number;
  readonly bytesTotal: number;
  readonly bytesPerSecond: number;
  readonly at: number;
}

export interface UploadRow {
  readonly id: string;
  readonly peer: string;
  readonly documentId: string;
  readonly state: UploadState | 'handed-over' | 'delivered';
  /** From 0 to 1. */
  readonly part: number;
  readonly bytesPerSecond: number;
  readonly sizeBytes: number;
  readonly deal: Deal | undefined;
  readonly at: number;
}

/**
 * What others retrieve, newest first: one row for each sold document and buyer, with the answers seen since
 * this window was opened put together, and the sales before from their deals.
 */
export function uploadRows(
  uploads: readonly UploadSeen[],
  sold: readonly Deal[],
): readonly UploadRow[] {
  const rows = new Map<string, UploadRow>();
  for (const deal of sold) {
    if (deal.side !== 'sale') continue;
    const { documentId, sizeBytes, since: at } = deal;
    // What was sold through somebody is retrieved by a peer further on.
    const peer = deal.opening?.peer ?? deal.buyer;
    const state = deal.state === 'delivered' ? 'delivered' : 'handed-over';
    const part = state === 'delivered' ? 1 : 0;
    const key = `${peer} ${documentId}`;
    if (!rows.has(key))
      rows.set(key, {
        id: deal.deal,
        peer,
        documentId,
        state,
        part,
        bytesPerSecond: 0,
        sizeBytes,
        deal,
        at,
      });
  }
  for (const upload of uploads.toSorted((a, b) => a.at - b.at)) {
    const key = `${upload.peer} ${upload.documentId}`;
    const known = rows.get(key);
    if (known?.state === 'delivered') continue;
    const { id, peer, documentId, state, bytesPerSecond, at, bytesSent, bytesTotal } = upload;
    rows.set(key, {
      id: known?.id ?? id,
      peer,
      documentId,
      state,
      bytesPerSecond,
      at,
      part: bytesTotal === 0 ? 1 : bytesSent / bytesTotal,
      sizeBytes: known?.deal?.sizeBytes ?? bytesTotal,
      deal: known?.deal,
    });
  }
  return [...rows.values()].toSorted((a, b) => b.at - a.at);
}
