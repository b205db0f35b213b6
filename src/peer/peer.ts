import {
  openStatement,
  type PeerId,
  type Signer,
  type Statements,
  sealStatement,
  type Verifier,
} from '../identity/index.ts';
import {
  type Chance,
  type Context,
  type Effect,
  type Fact,
  holdsResends,
  holdsTimers,
  type Library,
  type NeighborBook,
  nextResendAt,
  nextTimerAt,
} from '../kernel/index.ts';
import type { MarketSettings } from '../settings/index.ts';
import type { Collection, Transaction } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import { addressed } from './addresses.ts';
import { handleInput } from './handle.ts';
import type { Input } from './input.ts';
import { react } from './reactions.ts';

/** What a peer needs from the world, besides its state: each port's promises stand with its type. */
export interface PeerPorts {
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** In place of signer and verifier, for whoever carries statements in another form, as a simulator may. */
  readonly statements?: Statements;
  readonly sha256: (bytes: Uint8Array) => Uint8Array;
  readonly chance: Chance;
  readonly neighbors: NeighborBook;
  readonly library: Library;
  /** Read with every input: a person may change them at any time. */
  readonly settings: () => MarketSettings;
}

export interface Step<T> {
  readonly value: T;
  /** To be carried out once the transaction has committed, in this order. */
  readonly effects: readonly Effect[];
}

const factsMax = 10_000;

/**
 * One peer as a state machine: each input reads and writes its state in the transaction it is given and
 * says what is to be done in the world. The same inputs over the same state and chance give the same effects.
 */
export class Peer {
  readonly self: PeerId;
  readonly #ports: PeerPorts;

  constructor(ports: PeerPorts) {
    this.self = ports.signer.peerId;
    this.#ports = ports;
  }

  handle(tx: Transaction, now: Milliseconds, input: Input): readonly Effect[] {
    return this.run(tx, now, (ctx) => handleInput(ctx, input)).effects;
  }

  /** A person's command, or a question: any function of the parts over this peer's context. */
  run<T>(tx: Transaction, now: Milliseconds, work: (ctx: Context) => T): Step<T> {
    const effects: Effect[] = [];
    const facts: Fact[] = [];
    const ctx = this.#context(tx, now, effects, facts);
    const value = work(ctx);
    for (let done = 0; done < facts.length; done++) {
      if (done > factsMax) throw new Error('The facts of one input do not come to an end.');
      react(ctx, facts[done] as Fact);
    }
    for (let at = 0; at < effects.length; at++) effects[at] = addressed(ctx, effects[at] as Effect);
    return { value, effects };
  }

  /** When `tick` should be called next; undefined while nothing is planned. */
  nextWakeAt(tx: Transaction): Milliseconds | undefined {
    const times = [nextTimerAt({ tx }), nextResendAt({ tx })].filter((at) => at !== undefined);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  /** Whether a change of these records may change when `tick` should be called next. */
  wakesBy(of: Collection<object>): boolean {
    return holdsTimers(of) || holdsResends(of);
  }

  #context(tx: Transaction, now: Milliseconds, effects: Effect[], facts: Fact[]): Context {
    const { signer, verifier, statements, sha256, chance, neighbors, library, settings } =
      this.#ports;
    return {
      self: this.self,
      now,
      tx,
      chance,
      settings: settings(),
      neighbors,
      library,
      sha256,
      open: statements?.open ?? ((type, text) => openStatement(type, text, verifier)),
      seal: statements?.seal ?? ((unsigned) => sealStatement(unsigned, signer)),
      effect: (effect) => effects.push(effect),
      fact: (fact) => facts.push(fact),
    };
  }
}
