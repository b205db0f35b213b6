import type { BridgeEvent, EventFrame } from './contract.ts';

/** A listener that was away for more than this many events asks for the state anew. */
const keptMax = 1_000;

/**
 * The events of a peer, numbered, and the newest of them kept: a listener that lost its connection for a
 * moment goes on where it stopped.
 */
export class EventLog {
  readonly #listeners = new Set<(frame: EventFrame) => void>();
  readonly #keptMax: number;
  #kept: EventFrame[] = [];
  #sequence = 0;

  constructor(kept = keptMax) {
    this.#keptMax = kept;
  }

  append(event: BridgeEvent): void {
    this.#sequence += 1;
    const frame: EventFrame = { kind: 'event', sequence: this.#sequence, event };
    this.#kept.push(frame);
    // Dropped in bulk: shifting an array at each event would copy it each time.
    if (this.#kept.length >= this.#keptMax * 2) this.#kept = this.#kept.slice(-this.#keptMax);
    for (const listener of this.#listeners) listener(frame);
  }

  /**
   * Tells all events after number `after`, at once and as they come. Where they are not known any more, and
   * where no number is given, the first frame is a `snapshot`. The function it gives ends it.
   */
  listen(after: number | undefined, listener: (frame: EventFrame) => void): () => void {
    const missed = after === undefined ? undefined : this.#after(after);
    if (missed) for (const frame of missed) listener(frame);
    else listener({ kind: 'snapshot', sequence: this.#sequence });
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #after(after: number): readonly EventFrame[] | undefined {
    const kept = this.#kept.slice(-this.#keptMax);
    const oldest = this.#sequence - kept.length;
    if (after > this.#sequence || after < oldest) return undefined;
    return kept.slice(after - oldest);
  }
}
