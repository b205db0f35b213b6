import type { Readable } from 'node:stream';
import { type Manifest, pieceBounds, pieceCount } from '../../src/documents/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { ContentStream } from './document-source.ts';
import { LoopTurn } from './loop-turn.ts';
import type { PieceMemory } from './piece-memory.ts';
import type { PieceBytes } from './piece-store.ts';
import type { RateLimit } from './rate-limit.ts';

/** One piece fills up while two are being checked and written; more let a disk be slow at times. */
const buffersMin = 3;
const buffersMax = 6;
const bufferedBytesMax = 8 * 1024 * 1024;

/** A program has one event loop. */
const turn = new LoopTurn();

export interface Reception {
  readonly manifest: Manifest;
  /** The first piece that is wanted; what the stream holds before it is passed over. */
  readonly firstPiece: number;
  readonly limit: RateLimit;
  readonly memory: PieceMemory;
  readonly signal: AbortSignal;
  onBytes(count: number): void;
  /** Checks a piece and keeps it; its bytes are used again once this resolves. */
  store(index: number, piece: PieceBytes): Promise<void>;
}

/**
 * Cuts a stream into the document's pieces and has each of them checked and stored. Takes no more from the
 * network than can be stored. Resolves when the last piece is stored. Throws what `store` throws, and
 * `unreachable` where the stream ends or breaks before the last piece; in every case nothing is being stored
 * any more and the stream is destroyed, also where there is no memory for pieces.
 */
export async function receivePieces(content: ContentStream, reception: Reception): Promise<void> {
  const { manifest, firstPiece, memory } = reception;
  const count = Math.min(pieceCount(manifest) - firstPiece, buffersFor(manifest));
  let buffers: readonly PieceBytes[] = [];
  let receiver: PieceReceiver | undefined;
  try {
    buffers = memory.take(count, Math.min(manifest.pieceLengthBytes, manifest.sizeBytes));
    receiver = new PieceReceiver(content, reception, buffers);
    await receiver.finished;
  } finally {
    content.stream.on('error', () => undefined).destroy();
    await receiver?.stored();
    memory.giveBack(buffers);
  }
}

class PieceReceiver {
  readonly finished: Promise<void>;
  readonly #stream: Readable;
  readonly #reception: Reception;
  readonly #done = Promise.withResolvers<void>();
  readonly #pieceCount: number;
  readonly #free: PieceBytes[];
  readonly #storing = new Set<Promise<void>>();
  #piece: number;
  #filling: PieceBytes | undefined;
  #filledBytes = 0;
  #skipBytes: number;
  #rest: Buffer | undefined;
  /** A chunk waits until the limit lets it through. */
  #waits = false;
  /** Enough was taken for this turn of the event loop. */
  #awaitsTurn = false;
  #broke: SoukError | undefined;
  #over = false;

  constructor(content: ContentStream, reception: Reception, buffers: readonly PieceBytes[]) {
    this.finished = this.#done.promise;
    this.#stream = content.stream;
    this.#reception = reception;
    this.#piece = reception.firstPiece;
    this.#pieceCount = pieceCount(reception.manifest);
    this.#free = [...buffers];
    this.#skipBytes = pieceBounds(reception.manifest, this.#piece).start - content.start;
    if (this.#skipBytes < 0) this.#end(lost('it began behind what was asked for'));
    content.stream.on('data', (chunk: Buffer) => this.#take(chunk));
    content.stream.on('end', () => this.#breakOff(lost('it ended early')));
    content.stream.on('error', (error) => this.#breakOff(lost(error.message, error)));
    content.stream.on('close', () => this.#breakOff(lost('it was cut')));
    const { signal } = reception;
    const onAbort = () => this.#end(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    this.finished
      .catch(() => undefined)
      .finally(() => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  }

  async stored(): Promise<void> {
    await Promise.all(this.#storing);
  }

  #take(chunk: Buffer): void {
    if (this.#over) return;
    if (this.#reception.limit.bytesPerSecond === undefined) {
      this.#reception.onBytes(chunk.length);
      this.#cut(chunk);
      if (!turn.take(chunk.length)) this.#awaitTurn();
      return;
    }
    this.#stream.pause();
    this.#waits = true;
    this.#letThrough(chunk.length).then(
      () => {
        this.#waits = false;
        this.#cut(chunk);
        this.#takeMore();
      },
      (error) => this.#end(error),
    );
  }

  /** In slices, so that also at a low rate something is seen to come. */
  async #letThrough(bytes: number): Promise<void> {
    const { limit, signal, onBytes } = this.#reception;
    for (let left = bytes; left > 0; ) {
      const slice = Math.min(left, limit.sliceBytes);
      await limit.take(slice, signal);
      onBytes(slice);
      left -= slice;
    }
  }

  #awaitTurn(): void {
    this.#stream.pause();
    this.#awaitsTurn = true;
    turn.next(() => {
      this.#awaitsTurn = false;
      if (!this.#over) this.#takeMore();
    });
  }

  #takeMore(): void {
    if (this.#rest !== undefined || this.#awaitsTurn) return;
    if (this.#broke) this.#end(this.#broke);
    else this.#stream.resume();
  }

  /** Nothing more comes; what came before may still wait for its turn, or for a buffer. */
  #breakOff(error: SoukError): void {
    this.#broke ??= error;
    if (!this.#waits && !this.#awaitsTurn && this.#rest === undefined) this.#end(this.#broke);
  }

  /** Fills pieces from the chunk; what no buffer is free for waits, and the stream with it. */
  #cut(chunk: Buffer): void {
    const skipped = Math.min(this.#skipBytes, chunk.length);
    this.#skipBytes -= skipped;
    let at = skipped;
    while (at < chunk.length && !this.#over && this.#piece < this.#pieceCount) {
      this.#filling ??= this.#free.pop();
      if (this.#filling === undefined) {
        this.#rest = chunk.subarray(at);
        this.#stream.pause();
        return;
      }
      const { start, end } = pieceBounds(this.#reception.manifest, this.#piece);
      const taken = chunk.subarray(at, at + end - start - this.#filledBytes);
      this.#filling.set(taken, this.#filledBytes);
      at += taken.length;
      this.#filledBytes += taken.length;
      if (this.#filledBytes === end - start) this.#complete(this.#filling, end - start);
    }
  }

  #complete(buffer: PieceBytes, lengthBytes: number): void {
    const index = this.#piece++;
    this.#filling = undefined;
    this.#filledBytes = 0;
    const storing = this.#reception.store(index, buffer.subarray(0, lengthBytes)).then(
      () => {
        this.#storing.delete(storing);
        this.#free.push(buffer);
        this.#goOn();
      },
      (error) => {
        this.#storing.delete(storing);
        this.#end(error);
      },
    );
    this.#storing.add(storing);
  }

  #goOn(): void {
    if (this.#over) return;
    if (this.#piece === this.#pieceCount) {
      if (this.#storing.size === 0) this.#end();
      return;
    }
    const rest = this.#rest;
    if (rest === undefined) return;
    this.#rest = undefined;
    this.#cut(rest);
    this.#takeMore();
  }

  #end(error?: unknown): void {
    if (this.#over) return;
    const lastIsBeingStored = this.#piece === this.#pieceCount && this.#storing.size > 0;
    // The stream may end, and even break, while the last pieces are on their way to the disk.
    if (lastIsBeingStored && isLost(error)) return;
    this.#over = true;
    if (error === undefined) this.#done.resolve();
    else this.#done.reject(error);
  }
}

function buffersFor({ pieceLengthBytes }: Manifest): number {
  const fitting = Math.floor(bufferedBytesMax / pieceLengthBytes);
  return Math.min(Math.max(fitting, buffersMin), buffersMax);
}

function lost(why: string, cause?: unknown): SoukError {
  return new SoukError('unreachable', `The document did not arrive whole: ${why}.`, { cause });
}

function isLost(error: unknown): boolean {
  return error instanceof SoukError && error.code === 'unreachable';
}
