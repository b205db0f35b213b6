import { Readable } from 'node:stream';
import type { PeerId } from '../../src/identity/index.ts';
import type { SoukError } from '../../src/problem.ts';
import type { DealId } from '../../src/protocol/index.ts';
import type { ContentStream, DocumentSource } from './document-source.ts';
import { TestClock, type TestDocument } from './documents.suite.ts';
import { Downloader } from './downloader.ts';
import { PieceMemory } from './piece-memory.ts';
import type { PieceStore } from './piece-store.ts';
import storePiece from './piece-worker.ts';
import { RateLimit } from './rate-limit.ts';
import type { RetrievalOrder } from './retrieval.ts';
import { Slots } from './slots.ts';

/** What a serving peer does wrong in one answer; the next answer follows the next step. */
export interface Step {
  readonly refuse?: SoukError;
  /** The stream breaks after so many bytes; with `quietly` it just ends. */
  readonly cutAfterBytes?: number;
  readonly quietly?: boolean;
  /** The byte at this place of the document is another one. */
  readonly flipByteAt?: number;
  readonly ignoreRange?: boolean;
  /** Waits before each chunk. */
  beforeChunk?(signal: AbortSignal): Promise<void>;
}

/** A serving peer in memory that follows a script, and then serves well for ever. */
export class ScriptedSource implements DocumentSource {
  readonly #document: TestDocument;
  readonly #steps: Step[];
  readonly #chunkBytes: number;
  manifestBytes: Buffer;
  manifestsAsked = 0;
  readonly starts: number[] = [];

  constructor(document: TestDocument, steps: Step[] = [], chunkBytes = 10_000) {
    this.#document = document;
    this.#steps = [...steps];
    this.#chunkBytes = chunkBytes;
    this.manifestBytes = document.manifestBytes;
  }

  async manifest(): Promise<Buffer> {
    this.manifestsAsked++;
    return this.manifestBytes;
  }

  async content({ start }: { start: number }, signal: AbortSignal): Promise<ContentStream> {
    this.starts.push(start);
    const step = this.#steps.shift() ?? {};
    if (step.refuse) throw step.refuse;
    const from = step.ignoreRange ? 0 : start;
    const stream = Readable.from(this.#chunks(from, step, signal), { objectMode: false });
    signal.addEventListener('abort', () => stream.destroy(new Error('aborted')), { once: true });
    return { start: from, stream };
  }

  async *#chunks(from: number, step: Step, signal: AbortSignal): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(this.#document.bytes);
    if (step.flipByteAt !== undefined) bytes[step.flipByteAt]! ^= 1;
    const end = Math.min(bytes.length, from + (step.cutAfterBytes ?? bytes.length));
    for (let at = from; at < end; at += this.#chunkBytes) {
      await step.beforeChunk?.(signal);
      yield bytes.subarray(at, Math.min(at + this.#chunkBytes, end));
    }
    if (step.cutAfterBytes !== undefined && !step.quietly) throw new Error('socket hang up');
  }
}

export const seller = 'z6MksellerForTests' as PeerId;

export function orderOf(
  document: TestDocument,
  folder: string,
  changes: Partial<RetrievalOrder> = {},
): RetrievalOrder {
  return {
    deal: 'AAAAAAAAAAAAAAAAAAAAAA' as DealId,
    documentId: document.documentId,
    serving: { peer: seller, endpoints: ['https://127.0.0.1:1'] },
    accessKey: Buffer.alloc(32, 9).toString('base64url'),
    sizeBytes: document.bytes.length,
    folder,
    title: 'Field notes.txt',
    mediaType: 'text/plain',
    deadline: Number.MAX_SAFE_INTEGER,
    ...changes,
  };
}

/** Checks and writes pieces as the workers do, in this thread. */
export const piecesHere: PieceStore = { store: async (piece) => storePiece(piece) };

/** Retrieves a document from a source, on its own and as fast as it comes. */
export function downloaderOf(
  document: TestDocument,
  folder: string,
  source: DocumentSource,
  pieces: PieceStore = piecesHere,
): Downloader {
  const clock = new TestClock();
  return new Downloader(orderOf(document, folder), {
    source,
    downloadLimit: new RateLimit(clock),
    slots: new Slots(1),
    clock,
    pieces,
    memory: new PieceMemory(),
    onState: () => undefined,
  });
}
