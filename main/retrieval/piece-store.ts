import { Piscina } from 'piscina';
import { workerUrl } from '../worker-url.ts';
import type { ArrivedPiece, StoredPiece } from './piece-worker.ts';

/** Memory that another thread sees too: a piece is not copied to be checked. */
export type PieceBytes = Uint8Array<SharedArrayBuffer>;

/** Checks pieces and writes them to open files. */
export interface PieceStore {
  /** The piece's bytes and its file are left alone until this resolves. */
  store(piece: ArrivedPiece): Promise<StoredPiece>;
}

/** One hashes while another writes. */
const threadsMax = 2;
const threadIdleMs = 2_000;

/**
 * Stores pieces in worker threads, which step back behind whoever answers others meanwhile, and end when they
 * have had nothing to do for two seconds.
 */
export class PieceWorkers implements PieceStore {
  readonly #pool = new Piscina({
    filename: workerUrl('piece-worker', import.meta.url),
    minThreads: 0,
    maxThreads: threadsMax,
    idleTimeout: threadIdleMs,
  });

  store(piece: ArrivedPiece): Promise<StoredPiece> {
    return this.#pool.run(piece);
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }
}
