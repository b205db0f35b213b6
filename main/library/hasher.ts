import { availableParallelism } from 'node:os';
import { blake3 } from '@napi-rs/blake-hash';
import { Piscina } from 'piscina';
import {
  choosePieceLength,
  documentIdOf,
  encodeManifest,
  hashBytes,
  pieceCount,
} from '../../src/documents/index.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import { workerUrl } from '../worker-url.ts';
import type { Segment, SegmentHashes } from './hash-worker.ts';

/** One message to a worker: enough bytes to be worth it, few enough that a stop comes soon. */
const taskBytes = 16 * 1024 * 1024;
const segmentBytes = 64 * 1024 * 1024;
const taskSegmentsMax = 128;
const workerIdleMs = 2_000;
/** Tasks that wait at each worker: it goes on while this thread writes to the index. */
const tasksPerWorker = 4;

export interface FileToHash {
  readonly path: string;
  readonly sizeBytes: number;
  readonly stamp: string;
}

export type Hashed<F> =
  | { readonly file: F; readonly documentId: DocumentId; readonly manifest: Uint8Array }
  /** `changed`: it is not what the stamp says; `withheld`: it holds a key; else the system's error code. */
  | { readonly file: F; readonly problem: string };

/** A file on its way through the workers, maybe in several segments at once. */
interface Work<F extends FileToHash> {
  readonly file: F;
  readonly pieceLengthBytes: number;
  readonly pieceHashes: Uint8Array;
  segmentsLeft: number;
  problem: string;
}

interface Task<F extends FileToHash> {
  readonly works: Work<F>[];
  readonly segments: Segment[];
}

/**
 * Hashes files in worker threads, which end when they have had nothing to do for two
 * seconds.
 */
export class Hasher {
  readonly #threads = Math.max(2, availableParallelism());
  readonly #pool: Piscina;

  constructor() {
    this.#pool = new Piscina({
      filename: workerUrl('hash-worker', import.meta.url),
      minThreads: 0,
      maxThreads: this.#threads,
      idleTimeout: workerIdleMs,
      concurrentTasksPerWorker: tasksPerWorker,
    });
  }

  /** Starts the workers, where they are not running, while the files for them are still being found. */
  wake(): void {
    if (this.#pool.threads.length >= this.#threads) return;
    for (let thread = 0; thread < this.#threads; thread++) {
      // Closed before they started: nobody waits for them.
      this.#pool.run([]).catch(() => undefined);
    }
  }

  /**
   * Hashes files as they are taken from `files`, and gives each result as soon as it is known, in any order.
   * At `signal` it takes no more files and ends; what was begun is given up.
   */
  async *hash<F extends FileToHash>(
    files: Iterable<F>,
    signal: AbortSignal,
    onBytes: (bytes: number) => void,
  ): AsyncGenerator<Hashed<F>> {
    const running = new Set<Promise<void>>();
    const finished: Hashed<F>[] = [];
    for (const task of tasks(files)) {
      if (signal.aborted) break;
      const run: Promise<void> = this.#run(task, finished, onBytes).finally(() => {
        running.delete(run);
      });
      running.add(run);
      if (running.size >= this.#threads * tasksPerWorker) await Promise.race(running);
      yield* finished.splice(0);
    }
    while (running.size > 0) {
      await Promise.race(running);
      yield* finished.splice(0);
    }
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  async #run<F extends FileToHash>(
    { works, segments }: Task<F>,
    finished: Hashed<F>[],
    onBytes: (bytes: number) => void,
  ): Promise<void> {
    const { hashes, outcomes }: SegmentHashes = await this.#pool.run(segments);
    let offset = 0;
    let bytes = 0;
    for (const [index, work] of works.entries()) {
      const segment = segments[index];
      if (segment === undefined) continue;
      const length =
        Math.ceil((segment.end - segment.start) / segment.pieceLengthBytes) * hashBytes;
      const at = (segment.start / segment.pieceLengthBytes) * hashBytes;
      work.pieceHashes.set(hashes.subarray(offset, offset + length), at);
      work.problem ||= outcomes[index] ?? '';
      work.segmentsLeft -= 1;
      offset += length;
      bytes += segment.end - segment.start;
      if (work.segmentsLeft === 0) finished.push(resultOf(work));
    }
    onBytes(bytes);
  }
}

function resultOf<F extends FileToHash>(work: Work<F>): Hashed<F> {
  const { file, pieceLengthBytes, pieceHashes, problem } = work;
  if (problem !== '') return { file, problem };
  const manifest = encodeManifest({ sizeBytes: file.sizeBytes, pieceLengthBytes, pieceHashes });
  return { file, manifest, documentId: documentIdOf(blake3(Buffer.from(manifest.buffer))) };
}

function* tasks<F extends FileToHash>(files: Iterable<F>): Generator<Task<F>> {
  let task: Task<F> = { works: [], segments: [] };
  let bytes = 0;
  for (const file of files) {
    const { path, stamp, sizeBytes } = file;
    const pieceLengthBytes = choosePieceLength(sizeBytes);
    const work: Work<F> = {
      file,
      pieceLengthBytes,
      pieceHashes: new Uint8Array(pieceCount({ sizeBytes, pieceLengthBytes }) * hashBytes),
      segmentsLeft: Math.max(1, Math.ceil(sizeBytes / segmentBytes)),
      problem: '',
    };
    for (let start = 0; start === 0 || start < sizeBytes; start += segmentBytes) {
      const end = Math.min(start + segmentBytes, sizeBytes);
      task.works.push(work);
      task.segments.push({ path, stamp, start, end, pieceLengthBytes });
      bytes += end - start;
      if (bytes >= taskBytes || task.segments.length >= taskSegmentsMax) {
        yield task;
        task = { works: [], segments: [] };
        bytes = 0;
      }
    }
  }
  if (task.segments.length > 0) yield task;
}
