import type { PeerId } from '../identity/index.ts';
import {
  type Chance,
  type Context,
  type Effect,
  MemoryNeighborBook,
  type Neighbor,
  type ShelfDocument,
} from '../kernel/index.ts';
import {
  seededChance,
  testDigest,
  testPeerId,
  testSigner,
  testVerifier,
} from '../kernel/test-context.ts';
import {
  authorizeRetrieval,
  copyDropped,
  purchaseOf,
  retrievalFailed,
  retrieved,
  sealed,
  sealedRetrieved,
  sealingFailed,
  sealOf,
  unsealFailed,
} from '../market/index.ts';
import { problem } from '../problem.ts';
import type { DealId, DocumentId } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import { MemoryStore, type Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { type Input, Peer } from './index.ts';
import { TestLibrary, testDocumentId } from './test-world-library.ts';
import { draw, type Faults, noFaults, TestNetwork } from './test-world-network.ts';
import type { TestPeer } from './test-world-peer.ts';

export interface PeerOptions {
  /** As a person would write them: what is not said is the default. */
  readonly settings?: Record<string, unknown>;
  readonly documents?: readonly ShelfDocument[];
}

interface Planned {
  readonly at: Milliseconds;
  readonly work: () => void;
}

const inputsMax = 200_000;
const retrieveAgainMs = 1_000;

/**
 * For tests: peers in memory, under a virtual clock and a seeded chance, with a network between them that
 * may lose, repeat, delay and reorder, and peers that crash at any commit and start again from their state.
 */
export class TestWorld {
  now: Milliseconds = Date.UTC(2026, 0, 1);
  faults: Faults = noFaults;
  readonly chance: Chance;
  readonly peers: TestPeer[] = [];
  readonly network: TestNetwork;
  /** Called after every input that committed: the oracles. */
  watch: (peer: TestPeer) => void = () => undefined;
  #planned: Planned[] = [];
  #inputs = 0;

  constructor(seed = 1) {
    this.chance = seededChance(seed);
    const world = this;
    this.network = new TestNetwork({
      get now() {
        return world.now;
      },
      get faults() {
        return world.faults;
      },
      chance: this.chance,
      at: (time, work) => this.at(time, work),
      find: ({ to }) =>
        this.peers.find(
          ({ id, settings }) =>
            id === to.peer && settings.endpoints.some((one) => to.endpoints.includes(one)),
        ),
      request: (target, exchange, from, request) =>
        this.input(target, { kind: 'request', exchange, from: from.id, request }),
      line: (caller, call, line) => this.input(caller, { kind: 'line', call, line }),
      outcome: (caller, call, outcome) => this.input(caller, { kind: 'outcome', call, outcome }),
    });
  }

  add(name: string, { settings = {}, documents = [] }: PeerOptions = {}): TestPeer {
    const id = testPeerId(this.peers.length + 1);
    const [store, book, library] = [new MemoryStore(), new MemoryNeighborBook(), new TestLibrary()];
    library.documents.push(...documents);
    const peer = new Peer({
      signer: testSigner(id),
      verifier: testVerifier,
      sha256: testDigest,
      chance: seededChance(1000 * (this.peers.length + 1) + draw(this.chance)),
      neighbors: book,
      library,
      settings: () => made.settings,
    });
    const made: TestPeer = {
      ...{ name, id, peer, store, book, library, events: [] },
      settings: marketSettings.parse({ name, endpoints: [endpointOf(name)], ...settings }),
      up: false,
      run: 0,
      wakeAt: undefined,
    };
    this.peers.push(made);
    return made;
  }

  /** Both become primary neighbors of each other. */
  befriend(a: TestPeer, b: TestPeer, change: Partial<Neighbor> = {}): void {
    for (const [peer, other] of [
      [a, b],
      [b, a],
    ] as const) {
      peer.book.put(neighborOf(other, this.now, change));
    }
  }

  start(...peers: TestPeer[]): void {
    for (const peer of peers.length > 0 ? peers : this.peers) {
      if (peer.up) continue;
      peer.up = true;
      peer.run += 1;
      this.input(peer, { kind: 'start' });
    }
  }

  /** The peer stops at once and, unless told otherwise, starts again later. */
  crash(peer: TestPeer, downMs?: Milliseconds): void {
    if (!peer.up) return;
    peer.up = false;
    peer.wakeAt = undefined;
    this.network.cut(peer);
    if (downMs !== undefined) this.at(this.now + downMs, () => this.start(peer));
  }

  at(time: Milliseconds, work: () => void): void {
    const after = this.#planned.findLastIndex((planned) => planned.at <= time);
    this.#planned.splice(after + 1, 0, { at: time, work });
  }

  /** A person's command: its effects are carried out. */
  do<T>(peer: TestPeer, work: (ctx: Context) => T): T {
    return this.#commit(peer, (tx) => peer.peer.run(tx, clockOf(this, peer), work));
  }

  /** A question: whatever it would do in the world is left undone. */
  read<T>(peer: TestPeer, work: (ctx: Context) => T): T {
    return peer.store.transaction((tx) => peer.peer.run(tx, clockOf(this, peer), work).value);
  }

  input(peer: TestPeer, input: Input): void {
    this.#inputs += 1;
    if (this.#inputs > inputsMax) throw new Error('The world does not come to an end.');
    if (!peer.up) return;
    this.#commit(peer, (tx) => ({
      value: undefined,
      effects: peer.peer.handle(tx, clockOf(this, peer), input),
    }));
  }

  /** Lets time pass, and with it everything that happens meanwhile. */
  pass(ms: Milliseconds): void {
    const until = this.now + ms;
    while (this.#next(until));
    this.now = until;
  }

  /** Lets time pass until something is so; throws where it is not within the limit. */
  until(what: string, holds: () => boolean, limitMs: Milliseconds = 60_000): void {
    const limit = this.now + limitMs;
    while (!holds()) {
      if (!this.#next(limit)) throw new Error(`After ${limitMs} ms there is still no: ${what}.`);
    }
  }

  #next(until: Milliseconds): boolean {
    const first = this.#planned[0];
    const waking = this.peers
      .filter(({ up, wakeAt }) => up && wakeAt !== undefined)
      .sort((a, b) => (a.wakeAt ?? 0) - (b.wakeAt ?? 0))[0];
    const wakeAt = waking?.wakeAt ?? Number.POSITIVE_INFINITY;
    const at = Math.min(first?.at ?? Number.POSITIVE_INFINITY, wakeAt);
    if (at > until) return false;
    this.now = Math.max(this.now, at);
    if (first && first.at <= wakeAt) {
      this.#planned.shift();
      first.work();
    } else if (waking) {
      this.input(waking, { kind: 'tick' });
    }
    return true;
  }

  #commit<T>(
    peer: TestPeer,
    work: (tx: Transaction) => { readonly value: T; readonly effects: readonly Effect[] },
  ): T {
    const [step, wakeAt] = peer.store.transaction((tx) => {
      const done = work(tx);
      return [done, peer.peer.nextWakeAt(tx)] as const;
    });
    peer.wakeAt = wakeAt === undefined ? undefined : wakeAt - (peer.skewMs ?? 0);
    this.watch(peer);
    if (this.faults.crash > 0 && draw(this.chance) % 1000 < this.faults.crash) {
      this.crash(peer, 100 + (draw(this.chance) % 20_000));
    } else {
      for (const effect of step.effects) this.#perform(peer, peer.forge?.(effect) ?? effect);
    }
    return step.value;
  }

  #perform(peer: TestPeer, effect: Effect): void {
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
        return this.#retrieve(peer, effect.deal, peer.run);
      case 'seal':
        return this.#seal(peer, effect, peer.run);
      case 'unseal':
        return this.#unseal(peer, effect.deal, peer.run);
      case 'drop-copy':
        peer.library.remove(effect.documentId);
        return this.do(peer, (ctx) => copyDropped(ctx, effect.documentId));
      case 'neighbor':
        return peer.book.put(effect.neighbor);
      case 'event':
        peer.events.push(effect.event);
    }
  }

  /** Encrypts, in a moment: the id of what comes out hangs on the document and the key. */
  #seal(seller: TestPeer, { buyer, deal }: { buyer: PeerId; deal: DealId }, run: number): void {
    this.at(this.now + 10, () => {
      if (!seller.up || seller.run !== run) return;
      this.do(seller, (ctx) => {
        const seal = sealOf(ctx, buyer, deal);
        if (!seal) return;
        const gone = problem('document-gone', 'The document is not there any more.');
        if (!seller.library.find(seal.documentId)) sealingFailed(ctx, buyer, deal, gone);
        else {
          const content = seller.sealsFakes ? testDocumentId('A fake.') : seal.documentId;
          sealed(ctx, buyer, deal, sealedDocumentId(content, seal.key));
        }
      });
    });
  }

  /** Decrypts: what was encrypted as agreed becomes the document. */
  #unseal(buyer: TestPeer, deal: DealId, run: number): void {
    this.at(this.now + 10, () => {
      if (!buyer.up || buyer.run !== run) return;
      this.do(buyer, (ctx) => {
        const purchase = purchaseOf(ctx, deal);
        const { key = '', terms } = purchase?.sealed ?? {};
        const fake = problem('corrupt-document', 'What was sealed is another document.');
        if (purchase?.state !== 'unsealing') return;
        if (terms?.documentId === sealedDocumentId(purchase.documentId, key))
          retrieved(ctx, deal, `/retrieved/${deal}`);
        else unsealFailed(ctx, deal, fake);
      });
    });
  }

  /** Retrieves as the document service lets it: whole at once, or later when nobody answers. */
  #retrieve(buyer: TestPeer, deal: DealId, run: number): void {
    this.at(this.now + 10, () => {
      if (!buyer.up || buyer.run !== run) return;
      const purchase = this.read(buyer, (ctx) => purchaseOf(ctx, deal));
      const serving = this.peers.find(({ id }) => id === purchase?.serving);
      if (purchase?.state !== 'retrieving' || !purchase.instructions || !serving) return;
      if (!serving.up) {
        this.at(this.now + retrieveAgainMs, () => this.#retrieve(buyer, deal, run));
        return;
      }
      const { accessKey } = purchase.instructions;
      const { documentId } = purchase;
      const served = purchase.sealed?.terms?.documentId ?? documentId;
      const allowed = serving.store.transaction((tx) =>
        authorizeRetrieval({ tx, now: clockOf(this, serving) }, accessKey, buyer.id, served),
      );
      const found = serving.library.find(documentId) !== undefined;
      const gone = problem('document-gone', 'The document is not there any more.');
      const forBuyer = purchase.purpose.kind === 'resale';
      const place = forBuyer && !buyer.library.find(documentId) ? `${deal}/copy` : undefined;
      if (allowed.ok && found && place !== undefined) {
        const { title, sizeBytes, mediaType } = purchase;
        buyer.library.documents.push({ documentId, title, sizeBytes, mediaType });
      }
      this.do(buyer, (ctx) => {
        if (allowed.ok && found && purchase.sealed)
          sealedRetrieved(ctx, deal, `/sealed/${deal}`, 65_536);
        else if (allowed.ok && found) retrieved(ctx, deal, `/retrieved/${deal}`, place);
        else retrievalFailed(ctx, deal, allowed.ok ? gone : allowed.error);
      });
    });
  }
}

/** The time as a peer's own clock says it. */
function clockOf({ now }: { readonly now: Milliseconds }, { skewMs = 0 }: TestPeer): Milliseconds {
  return now + skewMs;
}

function sealedDocumentId(documentId: DocumentId, key: string): DocumentId {
  return testDocumentId(`${documentId} sealed with ${key}`);
}

export function endpointOf(name: string): string {
  return `https://${name}:7685`;
}

export function neighborOf(
  other: TestPeer,
  since: Milliseconds,
  change: Partial<Neighbor> = {},
): Neighbor {
  const { id: peer, name, settings } = other;
  const met = { peer, name, list: 'primary', since, reason: 'A friend.' } as const;
  return { ...met, endpoints: settings.endpoints, ...change };
}
