import { create } from 'zustand';
import type { BridgeEvent } from '../../main/bridge/contract.ts';

interface Upload {
  readonly bytesSent: number;
  readonly bytesTotal: number;
  readonly peer: string;
  readonly documentId: string;
  readonly state: 'sending' | 'sent' | 'broken';
  readonly at: number;
  readonly bytesPerSecond: number;
}

type Uploads = Readonly<Record<number, Upload>>;

/** Uploads as events tell them; the peer keeps no list of them. */
export const useUploads = create<{ readonly uploads: Uploads }>(() => ({ uploads: {} }));

/** Of those that ended so many stay: a window may be open for weeks. */
const endedMax = 500;

/** Who takes no more is not told of by any event: where nothing was told for so long, nothing is sent. */
const silentAfterMs = 3_000;

export function speedAt(
  upload: { readonly bytesPerSecond: number; readonly at: number },
  now: number,
): number {
  return now - upload.at < silentAfterMs ? upload.bytesPerSecond : 0;
}

export function noteUpload(event: Extract<BridgeEvent, { type: 'upload' }>, now: number): void {
  const { upload, bytesSent, bytesTotal, peer, documentId, state } = event;
  useUploads.setState(({ uploads }) => {
    const before = uploads[upload];
    const seconds = before ? (now - before.at) / 1000 : 0;
    const speed = before && seconds > 0 ? (bytesSent - before.bytesSent) / seconds : 0;
    const smoothed = before ? before.bytesPerSecond * 0.7 + speed * 0.3 : 0;
    const noted = {
      bytesSent,
      bytesTotal,
      peer,
      documentId,
      state,
      at: now,
      bytesPerSecond: smoothed,
    };
    return { uploads: withoutOldest({ ...uploads, [upload]: noted }) };
  });
}

/** Their numbers grow, and an object gives them in that order. */
function withoutOldest(uploads: Uploads): Uploads {
  const ended = Object.entries(uploads).filter(([, { state }]) => state !== 'sending');
  const [oldest] = ended;
  if (!oldest || ended.length <= endedMax) return uploads;
  return Object.fromEntries(Object.entries(uploads).filter(([number]) => number !== oldest[0]));
}
