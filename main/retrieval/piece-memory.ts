import type { PieceBytes } from './piece-store.ts';

/** What a document of usual pieces takes; of the memory that is not written to, there is none. */
const usualBytes = 8 * 1024 * 1024;
const wasmPageBytes = 64 * 1024;
/** The types of Node leave out that it has this. */
declare const WebAssembly: {
  readonly Memory: new (pages: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => { readonly buffer: SharedArrayBuffer };
};

/**
 * Memory for pieces on their way from the network to the disk, used again by one document after the other. The
 * collector does not see how much memory threads share, and the threads that store pieces hardly make it run:
 * memory of its own for each document would stay for hundreds of documents. There is never more of it than was
 * in use at one time.
 */
export class PieceMemory {
  readonly #free: SharedArrayBuffer[] = [];

  /** Room for `count` pieces, each of which begins where a block does; what is in them is not defined. */
  take(count: number, pieceLengthBytes: number): PieceBytes[] {
    const memory = this.#takeMemory(count * pieceLengthBytes);
    return Array.from(
      { length: count },
      (_, index) => new Uint8Array(memory, index * pieceLengthBytes, pieceLengthBytes),
    );
  }

  /** Takes back what `take` gave. Nobody may read or write it any more, in no thread. */
  giveBack([piece]: readonly PieceBytes[]): void {
    if (piece) this.#free.push(piece.buffer);
  }

  #takeMemory(sizeBytes: number): SharedArrayBuffer {
    const fitting = this.#free.findIndex(({ byteLength }) => byteLength >= sizeBytes);
    // Where none is large enough, one of those makes room for a larger one.
    const [free] = this.#free.splice(Math.max(fitting, 0), 1);
    return free && fitting >= 0 ? free : blockMemory(Math.max(sizeBytes, usualBytes));
  }
}

/** Only the memory of WebAssembly begins where a page begins; an array buffer may begin anywhere. */
function blockMemory(sizeBytes: number): SharedArrayBuffer {
  const pages = Math.ceil(sizeBytes / wasmPageBytes);
  try {
    return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true }).buffer;
  } catch {
    // No room for it among the addresses: such pieces are written as usual.
    return new SharedArrayBuffer(sizeBytes);
  }
}
