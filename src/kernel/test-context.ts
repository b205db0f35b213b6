import {
  openStatement,
  type PeerId,
  peerIdOf,
  type Signer,
  sealStatement,
  type Verifier,
} from '../identity/index.ts';
import { type MarketSettings, marketSettings } from '../settings/index.ts';
import { MemoryStore, type Store } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { Chance } from './chance.ts';
import type { Context } from './context.ts';
import type { Effect } from './effect.ts';
import type { Fact } from './fact.ts';
import type { Library } from './library.ts';
import { MemoryNeighborBook } from './neighbors.ts';

/** For tests only: a peer's context over memory, with seeded chance and signatures that only tests believe. */

export interface TestContextOptions {
  readonly self?: PeerId;
  readonly seed?: number;
  readonly now?: Milliseconds;
  readonly store?: Store;
  readonly settings?: Partial<MarketSettings>;
  readonly library?: Library;
  readonly sha256?: (bytes: Uint8Array) => Uint8Array;
}

export interface TestContext {
  readonly self: PeerId;
  readonly store: Store;
  readonly neighbors: MemoryNeighborBook;
  /** Changed between inputs, as time goes on. */
  now: Milliseconds;
  settings: MarketSettings;
  /** What the committed transactions asked for and told, oldest first. */
  readonly effects: Effect[];
  readonly facts: Fact[];
  /** Runs one input in a transaction; where it throws, its effects and facts are dropped with it. */
  run<T>(work: (ctx: Context) => T): T;
  /** Empties and returns the collected effects. */
  takeEffects(): readonly Effect[];
  takeFacts(): readonly Fact[];
}

/** The peer id number `n` of the test world. */
export function testPeerId(n: number): PeerId {
  return peerIdOf(testDigest(new TextEncoder().encode(`peer ${n}`)));
}

export function testContext(options: TestContextOptions = {}): TestContext {
  const self = options.self ?? testPeerId(0);
  const signer = testSigner(self);
  const chance = seededChance(options.seed ?? 1);
  const store = options.store ?? new MemoryStore();
  const world: TestContext = {
    self,
    store,
    neighbors: new MemoryNeighborBook(),
    now: options.now ?? Date.UTC(2026, 0, 1),
    settings: { ...marketSettings.parse({}), ...options.settings },
    effects: [],
    facts: [],
    run: (work) => {
      const effects: Effect[] = [];
      const facts: Fact[] = [];
      const result = store.transaction((tx) =>
        work({
          self,
          now: world.now,
          tx,
          chance,
          settings: world.settings,
          neighbors: world.neighbors,
          library: options.library ?? emptyLibrary,
          sha256: options.sha256 ?? testDigest,
          open: (type, text) => openStatement(type, text, testVerifier),
          seal: (unsigned) => sealStatement(unsigned, signer),
          effect: (effect) => effects.push(effect),
          fact: (fact) => facts.push(fact),
        }),
      );
      world.effects.push(...effects);
      world.facts.push(...facts);
      return result;
    },
    takeEffects: () => world.effects.splice(0),
    takeFacts: () => world.facts.splice(0),
  };
  return world;
}

/** Signs as any peer of the test world: whoever knows the peer id can. */
export function testSigner(peerId: PeerId): Signer {
  return { peerId, sign: (message) => testSignature(peerId, message) };
}

export const testVerifier: Verifier = {
  verify: (signer, message, signature) => {
    const expected = testSignature(signer, message);
    return signature.every((byte, at) => byte === expected[at]);
  },
};

/** Bytes from a seed (SplitMix32): the same seed gives the same run. */
export function seededChance(seed: number): Chance {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let z = state ^ (state >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, next) };
}

const emptyLibrary: Library = { search: () => [], find: () => undefined };

function testSignature(peerId: PeerId, message: Uint8Array): Uint8Array {
  const half = testDigest(new Uint8Array([...new TextEncoder().encode(peerId), ...message]));
  return new Uint8Array([...half, ...half]);
}

/** 32 bytes that tell inputs apart; no cryptographic hash. */
export function testDigest(bytes: Uint8Array): Uint8Array {
  let [a, b] = [0x811c9dc5, 0xdeadbeef];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte ^ (a >>> 24), 0x85ebca6b);
  }
  const source = seededChance(a ^ Math.imul(b, 31));
  const other = seededChance(b);
  return new Uint8Array([...source.bytes(16), ...other.bytes(16)]);
}
