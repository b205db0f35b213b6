import { blake3 } from '@napi-rs/blake-hash';
import {
  documentIdOf,
  type Manifest,
  parseManifest,
  pieceBounds,
  pieceCount,
} from '../../src/documents/index.ts';
import { manifestBytesMax, pieceLengthBytesMin } from '../../src/limits.ts';
import { problem, SoukError } from '../../src/problem.ts';
import type { Milliseconds } from '../../src/time.ts';
import type { Clock } from './clock.ts';
import type { DocumentSource } from './document-source.ts';
import { safeFileName } from './file-name.ts';
import { PartFile } from './part-file.ts';
import { Patience } from './patience.ts';
import type { PieceMemory } from './piece-memory.ts';
import { receivePieces } from './piece-receiver.ts';
import type { PieceStore } from './piece-store.ts';
import type { RateLimit } from './rate-limit.ts';
import type { RetrievalEnd, RetrievalOrder, RetrievalState } from './retrieval.ts';
import { type Setback, setbackOf } from './setback.ts';
import type { Slots } from './slots.ts';
import { Speedometer } from './speedometer.ts';

export interface DownloaderParts {
  readonly source: DocumentSource;
  /** Shared by all retrievals; may be changed while they run. */
  readonly downloadLimit: RateLimit;
  readonly slots: Slots;
  readonly clock: Clock;
  readonly pieces: PieceStore;
  /** Shared by all retrievals. */
  readonly memory: PieceMemory;
  readonly backoff?: { readonly firstMs: Milliseconds; readonly maxMs: Milliseconds };
  onState(state: RetrievalState): void;
}

/** A wrong piece may be the fault of a disk or a cache; so many times it is not. */
const corruptTriesMax = 3;
const backoffDefault = { firstMs: 1_000, maxMs: 60_000 };

/**
 * Retrieves one bought document (protocol 6): the manifest is checked against the document id, every piece
 * against the manifest before it counts. A lost connection is taken up again where it broke, after a
 * pause that doubles from time to time, until the order's deadline; so is what a former run left on the
 * disk. Holds a slot only while it works, and not for ever where others wait for it.
 */
export class Downloader {
  readonly #order: RetrievalOrder;
  readonly #parts: DownloaderParts;
  #manifest: Manifest | undefined;
  /** The first piece that is not on the disk; undefined until the disk was looked at. */
  #nextPiece: number | undefined;
  #failures = 0;
  #corrupt = { piece: -1, tries: 0 };

  constructor(order: RetrievalOrder, parts: DownloaderParts) {
    this.#order = order;
    this.#parts = parts;
  }

  /** The document's manifest, once it is known. */
  get manifest(): Manifest | undefined {
    return this.#manifest;
  }

  /** Runs to an end, which it also reports as the last state. Aborting the signal interrupts it. */
  async run(signal: AbortSignal): Promise<RetrievalEnd> {
    for (;;) {
      const outcome = await this.#workInSlot(signal);
      const end = outcome.kind === 'retry' ? await this.#pause(outcome, signal) : outcome;
      if (end === undefined) continue;
      this.#parts.onState(end);
      return end;
    }
  }

  async #workInSlot(signal: AbortSignal): Promise<RetrievalEnd | Setback> {
    const { slots, clock, downloadLimit: limit, onState } = this.#parts;
    try {
      onState({ kind: 'queued' });
      await slots.take(signal);
    } catch (error) {
      return setbackOf(error, signal);
    }
    const { deadline, forBuyer } = this.#order;
    // A person may still want what comes late; a buyer has its money back by then.
    const patience = new Patience({
      ...{ clock, slots, limit },
      deadline: forBuyer ? deadline : undefined,
    });
    const over = patience.signal;
    try {
      const path = await this.#attempt(AbortSignal.any([signal, over]), patience);
      return { kind: 'complete', path };
    } catch (error) {
      return this.#secondChance(setbackOf(over.aborted ? over.reason : error, signal));
    } finally {
      patience.end();
      slots.leave();
    }
  }

  /** Goes as far as it can; throws where it cannot go on. Gives the path of the finished file. */
  async #attempt(signal: AbortSignal, patience: Patience): Promise<string> {
    const { deal, folder, title, mediaType, sizeBytes } = this.#order;
    patience.expect(manifestBytesFor(sizeBytes));
    const manifest = await this.#readManifest(signal);
    const part = await PartFile.open(folder, deal);
    try {
      const came = () => patience.expect(manifest.pieceLengthBytes);
      const firstPiece = await this.#firstMissing(part, manifest, signal, came);
      if (firstPiece < pieceCount(manifest)) {
        await this.#receive(part, manifest, firstPiece, signal, came);
      }
      return await part.finish(safeFileName(title, mediaType), deal);
    } finally {
      await part.close();
    }
  }

  async #readManifest(signal: AbortSignal): Promise<Manifest> {
    if (this.#manifest !== undefined) return this.#manifest;
    const { folder, deal, documentId, sizeBytes } = this.#order;
    const kept = await PartFile.readManifest(folder, deal);
    if (kept !== undefined && documentIdOf(blake3(kept)) === documentId) {
      this.#manifest = checkedManifest(kept, sizeBytes);
      return this.#manifest;
    }
    this.#parts.onState({ kind: 'manifest' });
    const bytes = await this.#parts.source.manifest(signal);
    const received = documentIdOf(blake3(bytes));
    if (received !== documentId) {
      throw new SoukError('corrupt-document', 'The manifest is not that of the document.', {
        members: { expected: documentId, received },
      });
    }
    const manifest = checkedManifest(bytes, sizeBytes);
    await PartFile.keepManifest(folder, deal, bytes);
    this.#manifest = manifest;
    return manifest;
  }

  async #firstMissing(
    part: PartFile,
    manifest: Manifest,
    signal: AbortSignal,
    came: () => void,
  ): Promise<number> {
    const { onState } = this.#parts;
    const lengthBytes = await part.lengthBytes();
    const known = lengthBytes === 0 ? 0 : this.#nextPiece;
    if (known !== undefined && lengthBytes >= startOf(manifest, known)) {
      this.#nextPiece = known;
      return known;
    }
    onState({ kind: 'verifying', verifiedBytes: 0 });
    const speed = new Speedometer(this.#parts.clock.now());
    this.#nextPiece = await part.verify(manifest, signal, (verifiedBytes) => {
      came();
      const tell = speed.add(manifest.pieceLengthBytes, this.#parts.clock.now());
      if (tell) onState({ kind: 'verifying', verifiedBytes });
    });
    onState({ kind: 'verifying', verifiedBytes: startOf(manifest, this.#nextPiece) });
    return this.#nextPiece;
  }

  async #receive(
    part: PartFile,
    manifest: Manifest,
    firstPiece: number,
    signal: AbortSignal,
    came: () => void,
  ): Promise<void> {
    const { source, clock, downloadLimit, pieces, memory, onState } = this.#parts;
    const start = startOf(manifest, firstPiece);
    await part.requireSpace(manifest.sizeBytes - start);
    onState({ kind: 'connecting' });
    came();
    const content = await source.content({ start }, signal);
    const speed = new Speedometer(clock.now());
    let receivedBytes = content.start;
    const tell = () => {
      const counted = Math.max(start, receivedBytes);
      const { bytesPerSecond } = speed;
      onState({ kind: 'retrieving', receivedBytes: counted, bytesPerSecond });
    };
    tell();
    // Two pieces may be on their way to the disk: what counts is how far it is without a gap.
    const stored = new Set<number>();
    await receivePieces(content, {
      manifest,
      firstPiece,
      limit: downloadLimit,
      memory,
      signal,
      onBytes: (count) => {
        receivedBytes += count;
        if (speed.add(count, clock.now())) tell();
      },
      store: async (index, bytes) => {
        await part.storePiece(pieces, { manifest, index, bytes });
        came();
        stored.add(index);
        let next = this.#nextPiece ?? firstPiece;
        while (stored.delete(next)) next++;
        this.#nextPiece = next;
        this.#failures = 0;
      },
    });
    tell();
  }

  /** A piece that came wrong is asked for again, a few times. */
  #secondChance(setback: Setback): Setback {
    if (setback.kind !== 'failed' || setback.reason !== 'corrupt') return setback;
    const piece = setback.problem.members?.['piece'];
    if (typeof piece !== 'number') return setback;
    const tries = this.#corrupt.piece === piece ? this.#corrupt.tries + 1 : 1;
    this.#corrupt = { piece, tries };
    if (tries < corruptTriesMax) return { kind: 'retry', problem: setback.problem };
    const { documentId, serving } = this.#order;
    const members = { ...setback.problem.members, tries, documentId, peer: serving.peer };
    return { ...setback, problem: { ...setback.problem, members } };
  }

  /** Waits before the next attempt; the end, if there is to be none. */
  async #pause(
    { problem: setback }: Extract<Setback, { kind: 'retry' }>,
    signal: AbortSignal,
  ): Promise<RetrievalEnd | undefined> {
    const { clock, backoff = backoffDefault, onState } = this.#parts;
    const told = setback.members?.['retryAfterMs'];
    const doubled = Math.min(backoff.firstMs * 2 ** this.#failures++, backoff.maxMs);
    const waitMs = Math.max(doubled, typeof told === 'number' ? told : 0);
    // A clock may tell parts of milliseconds; who is told of the time counts whole ones.
    const retryAt = Math.ceil(clock.now() + waitMs);
    if (retryAt > this.#order.deadline) {
      const detail = `The document did not arrive in time. The last attempt: ${setback.detail}`;
      const late = problem('unreachable', detail, { ...setback.members, code: setback.code });
      return { kind: 'failed', reason: 'not-delivered', problem: late };
    }
    onState({ kind: 'waiting', problem: setback, retryAt });
    await clock.wait(retryAt - clock.now(), signal);
    return undefined;
  }
}

/** At most: how long its pieces are the manifest itself says. */
function manifestBytesFor(sizeBytes: number): number {
  return Math.min(manifestBytesMax, Math.ceil(sizeBytes / pieceLengthBytesMin) * 32);
}

function startOf(manifest: Manifest, piece: number): number {
  return piece < pieceCount(manifest) ? pieceBounds(manifest, piece).start : manifest.sizeBytes;
}

function checkedManifest(bytes: Buffer, sizeBytes: number): Manifest {
  const parsed = parseManifest(bytes);
  // Its hash is right: whoever made the document id hashed something that is no manifest.
  if (!parsed.ok) throw new SoukError('corrupt-document', parsed.error.detail);
  if (parsed.value.sizeBytes === sizeBytes) return parsed.value;
  const detail = `The document has ${parsed.value.sizeBytes} bytes, not the ${sizeBytes} promised.`;
  throw new SoukError('corrupt-document', detail, {
    members: { promised: sizeBytes, delivered: parsed.value.sizeBytes },
  });
}
