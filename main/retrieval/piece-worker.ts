import { writeSync } from 'node:fs';
import { blake3 } from '@napi-rs/blake-hash';
import { stepBack } from '../background.ts';
import { systemCodeOf } from '../system-code.ts';

/** A piece that has arrived, in memory that both threads see, and where it belongs. */
export interface ArrivedPiece {
  /** The descriptor of a file that stays open until the piece is stored. */
  readonly file: number;
  readonly start: number;
  readonly bytes: Uint8Array<SharedArrayBuffer>;
  readonly hash: Uint8Array;
}

/** What became of an arrived piece. */
export type StoredPiece =
  | { readonly kind: 'stored' }
  /** It is not the piece of this hash; nothing was written. */
  | { readonly kind: 'corrupt'; readonly received: Uint8Array }
  /** The system's error code; `ENOSPC` also where it just takes no more. */
  | { readonly kind: 'unwritten'; readonly code: string };

stepBack();

/** Checks a piece and writes it, in a worker thread. */
export default function storePiece({ file, start, bytes, hash }: ArrivedPiece): StoredPiece {
  const piece = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const received = blake3(piece);
  if (!received.equals(hash)) return { kind: 'corrupt', received };
  try {
    for (let written = 0; written < piece.length; ) {
      const count = writeSync(file, piece, written, piece.length - written, start + written);
      if (count === 0) return { kind: 'unwritten', code: 'ENOSPC' };
      written += count;
    }
    return { kind: 'stored' };
  } catch (error) {
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    return { kind: 'unwritten', code };
  }
}
