import type { PeerId } from '../identity/index.ts';
import {
  type Call,
  type Context,
  type Effect,
  MemoryNeighborBook,
  type Neighbor,
} from '../kernel/index.ts';
import { copyDropped } from '../market/index.ts';
import { type Input, Peer } from '../peer/index.ts';
import { problem } from '../problem.ts';
import { marketSettings } from '../settings/index.ts';
import { type Change, MemoryStore, type Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { PeerChance } from './chance.ts';
import { WorldCounts } from './counts.ts';
import { standInHash } from './digest.ts';
import { EventQueue } from './event-queue.ts';
import { type Faults, type Link, noFaults, usualLink } from './faults.ts';
import { type Carrier, Network } from './network.ts';
import type { Message, Observer, Retrieval } from './observer.ts';
import { Random } from './random.ts';
import { type RetrievalWorld, retrieve } from './retrieval.ts';
import { seal, unseal } from './sealing.ts';
import { Shelf } from './shelf.ts';
import { type Signatures, standInSignatures, sumSignatures } from './signatures.ts';
import { endpointOf, neighborOf, type PeerOptions, type SimPeer } from './sim-peer.ts';
import { Trace } from './trace.ts';
import { Wakes } from './wakes.ts';
import { directWire, jsonWire, type Wire } from './wire.ts';
import type { WorldOptions } from './world-options.ts';

class DiskFailure extends Error {}

const tickAgainMs = 1_000;
const downMsMin = 100;
const downMsSpread = 20_000;

/**
 * Peers in memory, under a virtual clock and a seeded chance: the very code that ships, with a network
 * between the peers that may lose, repeat, delay, reorder and part, with crashes and failing disks. The
 * same options and the same commands give the same run.
 */
export class World implements Carrier, RetrievalWorld {
  now: Milliseconds;
  faults: Faults;
  readonly seed: number;
  readonly peers: SimPeer[] = [];
  readonly network: Network;
  readonly counts = new WorldCounts();
  readonly wire: Wire;
  /** What chance does to messages. Faults of the peers have a chance of their own. */
  readonly random: Random;
  readonly #options: WorldOptions;
  readonly #signatures: Signatures;
  readonly #faultChance: Random;
  readonly #queue = new EventQueue();
  readonly #byId = new Map<PeerId, SimPeer>();
  readonly #wakes = new Wakes(this.#queue, (peer) => this.input(peer, { kind: 'tick' }));
  /** Peers whose wake time is not what their timers say, since their disk failed. */
  readonly #wokenAgain = new Set<SimPeer>();
  readonly #observers: Observer[];
  readonly #trace: Trace | undefined;
  /** What the last transaction has written; one listener serves all stores. */
  #changes: readonly Change[] = [];
  readonly #committed = (changes: readonly Change[]) => {
    this.#changes = changes;
  };
  readonly link: (a: SimPeer, b: SimPeer) => Link;

  constructor(options: WorldOptions) {
    const { seed, beginsAt = Date.UTC(2026, 0, 1), carriage = 'wire', faults = noFaults } = options;
    this.#options = options;
    this.seed = seed;
    this.now = beginsAt;
    this.faults = faults;
    this.wire = carriage === 'wire' ? jsonWire : directWire;
    this.#signatures =
      options.signatures ?? (carriage === 'wire' ? sumSignatures() : standInSignatures());
    const random = new Random(seed);
    this.#faultChance = random.fork();
    this.random = random.fork();
    this.#observers = [...(options.observers ?? [])];
    this.#trace = options.trace === true ? new Trace() : undefined;
    this.link = options.links ?? (() => usualLink);
    this.network = new Network(this);
  }

  /** A peer that has not started yet. Its number is its place among the peers. */
  add(name: string, { settings, documents = [], clockAheadMs = 0 }: PeerOptions = {}): SimPeer {
    const index = this.peers.length;
    const identity = this.#signatures(index);
    const { signer, verifier, statements } = identity;
    const store = new MemoryStore(this.#committed);
    const [book, library] = [new MemoryNeighborBook(), new Shelf()];
    library.documents.push(...documents);
    const peer = new Peer({
      ...{ signer, verifier, statements, sha256: standInHash, neighbors: book, library },
      chance: new PeerChance(this.seed, index),
      settings: () => made.settings,
    });
    const made: SimPeer = {
      ...{ name, index, id: signer.peerId, identity, peer, store, book, library, clockAheadMs },
      settings: settings ?? marketSettings.parse({ name, endpoints: [endpointOf(name)] }),
      ...{ up: false, gone: false, run: 0, wakeAt: undefined },
    };
    this.peers.push(made);
    this.#byId.set(made.id, made);
    return made;
  }

  peerBy(id: string): SimPeer | undefined {
    return this.#byId.get(id as PeerId);
  }

  /** Both become primary neighbors of each other, as if they always had been. */
  befriend(a: SimPeer, b: SimPeer, change: Partial<Neighbor> = {}): void {
    a.book.put(neighborOf(b, this.now, change));
    b.book.put(neighborOf(a, this.now, change));
  }

  start(...peers: SimPeer[]): void {
    for (const peer of peers.length > 0 ? peers : this.peers) {
      if (peer.up || peer.gone) continue;
      peer.up = true;
      peer.run += 1;
      for (const { started } of this.#observers) started?.(peer);
      this.input(peer, { kind: 'start' });
    }
  }

  /** The peer stops at once, whatever it was doing, and starts again after `downMs` where that is said. */
  crash(peer: SimPeer, downMs?: Milliseconds): void {
    if (!peer.up) return;
    this.counts.crashes += 1;
    peer.up = false;
    peer.wakeAt = undefined;
    this.#trace?.note(this.now, peer.index, 'crash');
    for (const { stopped } of this.#observers) stopped?.(peer);
    this.network.stopped(peer);
    if (downMs !== undefined) this.at(this.now + downMs, () => this.start(peer));
  }

  /** Plans something of the scenario's: what a person does, a partition, a crash. */
  at(time: Milliseconds, work: () => void): void {
    this.#queue.plan(time, work);
  }

  /** Who answers to a call's peer id and addresses. */
  find({ to }: Call): SimPeer | undefined {
    const found = this.#byId.get(to.peer);
    return found?.settings.endpoints.some((one) => to.endpoints.includes(one)) ? found : undefined;
  }

  /** For the network: a message reaches its peer. */
  delivered(message: Message): void {
    this.counts.messages += 1;
    for (const observer of this.#observers) observer.message?.(message);
  }

  reaches(from: SimPeer, to: SimPeer): boolean {
    return this.network.reaches(from, to);
  }

  /** A command of the peer's own program; false where the peer is down or its disk fails. */
  command(peer: SimPeer, work: (ctx: Context) => void): boolean {
    if (!peer.up || this.#happens(this.faults.diskFailure)) return false;
    this.do(peer, work);
    return true;
  }

  /** For retrieving: a document has come over whole. */
  retrieved(retrieval: Retrieval): void {
    this.counts.retrievals += 1;
    this.counts.retrievedBytes += retrieval.bytes;
    for (const observer of this.#observers) observer.retrieved?.(retrieval);
  }

  observe(observer: Observer): void {
    this.#observers.push(observer);
  }

  /** A person's command: its effects are carried out. */
  do<T>(peer: SimPeer, work: (ctx: Context) => T): T {
    const { value, effects } = this.#commit(peer, (tx) => {
      return peer.peer.run(tx, this.now + peer.clockAheadMs, work);
    });
    this.#trace?.note(this.now, peer.index, 'command');
    this.#carryOut(peer, effects, this.#happens(this.faults.crash));
    for (const { handled } of this.#observers) handled?.(peer, undefined);
    return value;
  }

  /** A question: whatever it would do in the world is left undone. */
  read<T>(peer: SimPeer, work: (ctx: Context) => T): T {
    const now = this.now + peer.clockAheadMs;
    return peer.store.transaction((tx) => peer.peer.run(tx, now, work).value);
  }

  /** Feeds a peer an input, with the crashes and disk failures that the faults have in store for it. */
  input(peer: SimPeer, input: Input): void {
    if (!peer.up) return;
    this.counts.inputs += 1;
    const { faults } = this;
    const crashes = this.#happens(faults.crash);
    if (crashes && this.#faultChance.happens(0.25)) return this.#crashForAWhile(peer);
    this.#trace?.input(this.now, peer.index, input);
    const effects = this.#handle(peer, input, this.#happens(faults.diskFailure));
    if (effects) this.#carryOut(peer, effects, crashes);
    else this.#afterDiskFailure(peer, input);
    for (const { handled } of this.#observers) handled?.(peer, input.kind);
  }

  /** Lets the next event happen. False where nothing is planned until then. */
  step(until: Milliseconds = Number.POSITIVE_INFINITY): boolean {
    const { nextAt } = this.#queue;
    if (nextAt === undefined || nextAt > until) return false;
    const next = this.#queue.take();
    this.now = Math.max(this.now, nextAt);
    next?.work();
    return true;
  }

  /** Lets time pass, and with it everything that happens meanwhile. */
  pass(ms: Milliseconds): void {
    const until = this.now + ms;
    while (this.step(until));
    this.now = until;
  }

  /** Lets time pass until something is so; throws where it is not within the limit. */
  until(what: string, holds: () => boolean, limitMs: Milliseconds = 60_000): void {
    const limit = this.now + limitMs;
    while (!holds()) {
      if (!this.step(limit)) throw new Error(`After ${limitMs} ms there is still no: ${what}.`);
    }
  }

  /** The digest of all inputs and effects so far, in their order; '' where no trace is kept. */
  digest(): string {
    return this.#trace?.toString() ?? '';
  }

  #handle(peer: SimPeer, input: Input, diskFails: boolean): readonly Effect[] | undefined {
    const now = this.now + peer.clockAheadMs;
    try {
      return this.#commit(peer, (tx) => {
        const effects = peer.peer.handle(tx, now, input);
        if (diskFails) throw new DiskFailure();
        return { value: undefined, effects };
      }).effects;
    } catch (error) {
      if (!(error instanceof DiskFailure)) throw error;
      this.counts.diskFailures += 1;
      return undefined;
    }
  }

  #commit<T>(
    peer: SimPeer,
    work: (tx: Transaction) => { readonly value: T; readonly effects: readonly Effect[] },
  ): { readonly value: T; readonly effects: readonly Effect[] } {
    this.#changes = [];
    const done = peer.store.transaction(work);
    const changes = this.#changes;
    const isAsleep = peer.wakeAt !== undefined && peer.wakeAt > this.now;
    const wasTold = this.#wokenAgain.size > 0 && this.#wokenAgain.delete(peer);
    if (!isAsleep || wasTold || changes.some(({ of }) => peer.peer.wakesBy(of)))
      this.#planWake(
        peer,
        peer.store.transaction((tx) => peer.peer.nextWakeAt(tx)),
      );
    if (this.#options.watchChanges === true && changes.length > 0)
      for (const { changed } of this.#observers) changed?.(peer, changes);
    return done;
  }

  /** As the host does it: the caller may come again, and what was due stays due. */
  #afterDiskFailure(peer: SimPeer, input: Input): void {
    this.#trace?.note(this.now, peer.index, 'disk failure');
    if (input.kind === 'start') return this.#crashForAWhile(peer);
    this.#planWake(peer, this.now + peer.clockAheadMs + tickAgainMs);
    this.#wokenAgain.add(peer);
    if (input.kind !== 'request') return;
    const why = problem('unavailable', 'This peer could not keep what you asked for. Try again.');
    this.#perform(peer, { kind: 'refuse', exchange: input.exchange, problem: why });
  }

  #carryOut(peer: SimPeer, effects: readonly Effect[], crashes: boolean): void {
    const count = crashes ? this.#faultChance.below(effects.length + 1) : effects.length;
    const wasUp = peer.up;
    for (let at = 0; at < count; at++) {
      const effect = effects[at] as Effect;
      this.#perform(peer, peer.forge?.(effect) ?? effect);
      // A command that an effect leads to may have ended in a crash: what comes after it is lost.
      if (wasUp && !peer.up) return;
    }
    if (crashes) this.#crashForAWhile(peer);
  }

  #crashForAWhile(peer: SimPeer): void {
    this.crash(peer, downMsMin + this.#faultChance.below(downMsSpread));
  }

  #perform(peer: SimPeer, effect: Effect): void {
    this.#trace?.effect(effect);
    switch (effect.kind) {
      case 'call':
        return this.network.send(peer, effect.call);
      case 'hang-up':
        return this.network.hangUp(peer, effect.callId);
      case 'reply':
      case 'refuse':
      case 'line':
        return this.network.answer(effect, peer);
      case 'retrieve':
        return retrieve(this, peer, effect.deal);
      case 'seal':
        return seal(this, peer, effect.buyer, effect.deal);
      case 'unseal':
        return unseal(this, peer, effect.deal);
      case 'drop-copy':
        peer.library.remove(effect.documentId);
        return this.do(peer, (ctx) => copyDropped(ctx, effect.documentId, effect.place));
      case 'neighbor':
        return peer.book.put(effect.neighbor);
      case 'event':
        for (const { event } of this.#observers) event?.(peer, effect.event);
    }
  }

  #planWake(peer: SimPeer, atItsClock: Milliseconds | undefined): void {
    this.#wakes.set(peer, atItsClock === undefined ? undefined : atItsClock - peer.clockAheadMs);
  }

  #happens(thousandths: number): boolean {
    return thousandths > 0 && this.#faultChance.below(1000) < thousandths;
  }
}
