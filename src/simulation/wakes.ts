import type { Milliseconds } from '../time.ts';
import type { EventQueue } from './event-queue.ts';
import type { SimPeer } from './sim-peer.ts';

/** When peers want to be woken. Of a peer's events in the queue only the earliest counts. */
export class Wakes {
  readonly #queue: EventQueue;
  readonly #wake: (peer: SimPeer) => void;
  /** By the peers' numbers: when the event stands in the queue that counts. */
  readonly #planned: Milliseconds[] = [];

  constructor(queue: EventQueue, wake: (peer: SimPeer) => void) {
    this.#queue = queue;
    this.#wake = wake;
  }

  /** The peer wants to be woken at this time of the world's clock, and at no other. */
  set(peer: SimPeer, wakeAt: Milliseconds | undefined): void {
    peer.wakeAt = wakeAt;
    if (wakeAt === undefined || wakeAt >= this.#plannedFor(peer)) return;
    this.#planned[peer.index] = wakeAt;
    this.#queue.plan(wakeAt, () => this.#ring(peer, wakeAt));
  }

  #ring(peer: SimPeer, planned: Milliseconds): void {
    // An earlier one was planned since: that one looked further.
    if (this.#plannedFor(peer) !== planned) return;
    this.#planned[peer.index] = Number.POSITIVE_INFINITY;
    if (!peer.up || peer.wakeAt === undefined) return;
    if (peer.wakeAt <= planned) this.#wake(peer);
    else this.set(peer, peer.wakeAt);
  }

  #plannedFor({ index }: SimPeer): Milliseconds {
    return this.#planned[index] ?? Number.POSITIVE_INFINITY;
  }
}
