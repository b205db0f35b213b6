import type { Change } from '../../state/index.ts';
import type { Milliseconds } from '../../time.ts';
import type { Observer } from '../observer.ts';
import type { SimPeer } from '../sim-peer.ts';
import { atRest, type RestWorld } from './at-rest.ts';
import { ContestOracle } from './contests.ts';
import { DealOracle } from './deals.ts';
import { HonestOracle } from './honest.ts';
import { JournalOracle } from './journals.ts';
import { LedgerOracle } from './ledgers.ts';
import { BrokenPromise, must, type Oracle } from './oracle.ts';
import { TabOracle } from './tabs.ts';

/** Deadlines are looked at after so many inputs. */
const lookEvery = 200;

/**
 * Everything that must hold in a world, as an observer of it: after each input what the input changed is
 * judged, so that an input costs what it changed. The world MUST tell changes (`watchChanges`).
 */
export class Oracles implements Observer {
  readonly #journals = new JournalOracle();
  readonly #ledgers = new LedgerOracle(this.#journals);
  readonly #tabs = new TabOracle(this.#journals);
  readonly #deals = new DealOracle();
  readonly #all: readonly Oracle[];
  readonly #upSince = new Map<SimPeer, Milliseconds>();
  readonly #world: RestWorld;
  #inputs = 0;

  constructor(world: RestWorld) {
    this.#world = world;
    const peerBy = (id: string) => world.peerBy(id);
    const people = [new HonestOracle(peerBy), new ContestOracle(peerBy)];
    this.#all = [this.#journals, this.#ledgers, this.#tabs, this.#deals, ...people];
  }

  /** Throws a `BrokenPromise` where an input broke one. */
  readonly changed = (peer: SimPeer, changes: readonly Change[]): void => {
    for (const change of changes) for (const oracle of this.#all) this.#take(oracle, peer, change);
    for (const oracle of this.#all) oracle.check(peer);
    this.#inputs += 1;
    if (this.#inputs % lookEvery === 0) this.#look();
  };

  readonly started = (peer: SimPeer): void => {
    this.#upSince.set(peer, this.#world.now);
  };

  /** Everything that is wrong although faults have ended and everything has been delivered. */
  atRest(): readonly string[] {
    return atRest(this.#world, this.#tabs);
  }

  /** Whether the world may break this promise; the oracles then go on with what else was changed. */
  protected forgives(_broken: BrokenPromise): boolean {
    return false;
  }

  #take(oracle: Oracle, peer: SimPeer, change: Change): void {
    try {
      oracle.take(peer, change);
    } catch (error) {
      if (!(error instanceof BrokenPromise && this.forgives(error))) throw error;
    }
  }

  #look(): void {
    const since = (peer: SimPeer) => this.#upSince.get(peer) ?? 0;
    const late = this.#deals.overdue(this.#world.now, since);
    must(late.length === 0, 'Every state is left by its deadline', () => late.join('; '));
  }
}
