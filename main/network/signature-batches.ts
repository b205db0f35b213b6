import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { type PeerId, publicKeyOf } from '../../src/identity/index.ts';
import { BoundedCache } from '../bounded-cache.ts';
import { workerUrl } from '../worker-url.ts';
import { publicKeyBytes, signatureBytes } from './ed25519.ts';
import type { NodeSigner, NodeVerifier } from './key-pair.ts';
import type { SignatureResults, SignatureTask } from './signature-worker.ts';

/** Fewer at a time are given to libuv's threads one by one: they need no worker that is kept for them. */
const worthAWorker = 4;
/**
 * So that of many several workers take their part, and the first is not kept waiting for the last: what is done can go
 * on, on the main thread, while the worker is at the next.
 */
const batchMax = 8;
/** Batches under way at each worker: it goes on while this thread is busy. */
const batchesPerWorker = 2;
const workerIdleMs = 10_000;
const publicKeysKept = 4096;

interface Item {
  readonly kind: 'check' | 'sign';
  readonly message: Uint8Array;
  /** Public key and signature, where it is to be checked. */
  readonly before?: readonly [Uint8Array, Uint8Array];
  /** Does it in one of libuv's threads. */
  alone(): Promise<void>;
  take(result: Uint8Array): void;
}

/**
 * Makes and checks signatures beside the main thread, many at once: handing one over costs a good part of
 * what it saves. What is asked for in one turn of the event loop goes to a worker together; a worker
 * ends when it has had nothing to do for ten seconds.
 */
export class SignatureBatches {
  readonly peerId: PeerId;
  readonly #signer: NodeSigner;
  readonly #verifier: NodeVerifier;
  readonly #threads = Math.min(Math.max(availableParallelism() - 1, 1), 4);
  readonly #pool: Piscina;
  readonly #publicKeys = new BoundedCache<PeerId, Uint8Array>(publicKeysKept);
  #checking = 0;
  #waiting: Item[] = [];
  #planned = false;
  #running = 0;
  #closed = false;

  constructor(signer: NodeSigner, verifier: NodeVerifier) {
    this.peerId = signer.peerId;
    this.#signer = signer;
    this.#verifier = verifier;
    this.#pool = new Piscina({
      filename: workerUrl('signature-worker', import.meta.url),
      minThreads: 0,
      maxThreads: this.#threads,
      idleTimeout: workerIdleMs,
      concurrentTasksPerWorker: batchesPerWorker,
      // A worker that waits for shared memory takes all that is there before it answers any of it.
      atomics: 'disabled',
      workerData: { privateKey: signer.key },
    });
  }

  /** Signs with this peer's key. Rejects only where the key cannot sign. */
  signAsync(message: Uint8Array): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.#add({
        kind: 'sign',
        message,
        alone: () => this.#signer.signAsync(message).then(resolve, reject),
        take: resolve,
      });
    });
  }

  /** Never rejects. */
  verifyAsync(signer: PeerId, message: Uint8Array, signature: Uint8Array): Promise<boolean> {
    const key = this.#publicKeyOf(signer);
    if (key === undefined || signature.length !== signatureBytes) return Promise.resolve(false);
    this.#checking += 1;
    return new Promise((resolve) => {
      const judge = (genuine: boolean) => {
        this.#checking -= 1;
        resolve(genuine);
      };
      this.#add({
        kind: 'check',
        message,
        before: [key, signature],
        alone: () => this.#verifier.verifyAsync(signer, message, signature).then(judge),
        take: (result) => judge(result[0] === 1),
      });
    });
  }

  /** How many signatures are being checked. */
  get checking(): number {
    return this.#checking;
  }

  /** Ends the workers; what is asked for afterwards is done without them. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#pool.destroy();
  }

  #publicKeyOf(signer: PeerId): Uint8Array | undefined {
    const known = this.#publicKeys.get(signer);
    if (known !== undefined) return known;
    try {
      const key = publicKeyOf(signer);
      this.#publicKeys.set(signer, key);
      return key;
    } catch {
      return undefined;
    }
  }

  #add(item: Item): void {
    this.#waiting.push(item);
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => {
      this.#planned = false;
      this.#handOver();
    });
  }

  /** While all workers are busy what comes in waits for the next batch: the more there is, the larger it is. */
  #handOver(): void {
    if (this.#closed || (this.#running === 0 && this.#waiting.length < worthAWorker)) {
      for (const item of this.#waiting.splice(0)) void item.alone();
      return;
    }
    while (this.#waiting.length > 0 && this.#running < this.#threads * batchesPerWorker) {
      void this.#run(this.#waiting.splice(0, batchMax));
    }
  }

  async #run(items: readonly Item[]): Promise<void> {
    this.#running += 1;
    const task = taskOf(items);
    try {
      const results: SignatureResults = await this.#pool.run(task, {
        transferList: [task.bytes.buffer],
      });
      share(results, items);
    } catch {
      // A worker that died is no verdict on a signature.
      for (const item of items) void item.alone();
    } finally {
      this.#running -= 1;
      this.#handOver();
    }
  }
}

function taskOf(items: readonly Item[]): SignatureTask {
  const messageLengths = items.map(({ message }) => message.length);
  const heads = items.filter(({ before }) => before !== undefined).length;
  const length = messageLengths.reduce((sum, each) => sum + each, 0);
  const bytes = new Uint8Array(length + heads * (publicKeyBytes + signatureBytes));
  let at = 0;
  for (const { before = [], message } of items) {
    for (const part of [...before, message]) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return { kinds: items.map(({ kind }) => kind), messageLengths, bytes };
}

function share(results: SignatureResults, items: readonly Item[]): void {
  let at = 0;
  for (const { kind, take } of items) {
    const length = kind === 'sign' ? signatureBytes : 1;
    take(results.subarray(at, at + length));
    at += length;
  }
}
