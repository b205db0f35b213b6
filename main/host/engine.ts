import type { Context, Effect } from '../../src/kernel/index.ts';
import type { Input, Peer } from '../../src/peer/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { BatchRun, Transaction } from '../../src/state/index.ts';
import type { Milliseconds } from '../../src/time.ts';

/** Node's timers fire at once when they are set further ahead. */
const wakeMsMax = 2 ** 31 - 1;
/** After a commit that failed, what is due is tried again this soon. */
const wakeAgainMs = 1_000;
/** One group shares one commit; a larger one would keep the first of it waiting. */
const groupMax = 256;
/** How long a group waits at most for inputs that are about to come. */
const gatherMs: Milliseconds = 3;
/** So many wait for no more: all callers in one group would have signatures, disk and this thread wait for each other. */
const enough = 8;
/** While one group is on its way to the disk two more are worked out and sent after it, and no more. */
const behindMax = 3;

/** The state of a peer whose commits reach the disk while the peer goes on. */
export interface StoreAhead {
  /** Commits all parts at once; not acted upon before `synced`, unless nothing was written. */
  batchAhead<T>(work: (run: BatchRun) => T): { readonly result: T; readonly wrote: boolean };
  /** Resolves when all that was committed before is on the disk. May be asked again before it has. */
  synced(): Promise<void>;
}

export interface EngineParts {
  readonly peer: Pick<Peer, 'handle' | 'run' | 'nextWakeAt'>;
  readonly store: StoreAhead;
  now(): Milliseconds;
  /** Writes down what an effect will need after a crash, in the transaction that decided it. */
  keep(tx: Transaction, effects: readonly Effect[]): void;
  /** How many inputs are about to come, as requests whose signatures are being checked. */
  coming?(): number;
  /** Carries out an effect, after its transaction is durable. MUST NOT throw. */
  perform(effect: Effect): void;
  /** Told of what should not happen: what was due, and threw. */
  onFault(error: unknown): void;
}

interface Job {
  run(tx: Transaction): readonly Effect[];
  done(): void;
  failed(error: unknown): void;
}

interface Finished {
  readonly job: Job;
  readonly effects: readonly Effect[];
}

/** A group that is committed. */
interface Group {
  readonly finished: readonly Finished[];
  onDisk: boolean;
}

/**
 * Feeds the peer one input at a time. What arrives while a group is being written makes the next group,
 * which is committed as one: nothing is answered or sent before the state behind it is durable. Where the disk
 * fails to take what was committed, nobody can tell what is on it: no input is taken any more.
 */
export class Engine {
  readonly #parts: EngineParts;
  #waiting: Job[] = [];
  #planned = false;
  /** How many waited at the last turn of the event loop, and since when the first of them does. */
  #gathered = 0;
  #gatheredSince: Milliseconds = 0;
  #wake: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #stopped = false;
  /** Groups that are committed and not acted upon, in order. */
  #behind: Group[] = [];
  readonly #syncing = new Set<Promise<void>>();

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  /** Takes an input. `failed` hears when its transaction could not be made durable, or its handler threw. */
  input(input: Input, failed: (error: unknown) => void = () => undefined): void {
    const { peer, now } = this.#parts;
    this.#add({ run: (tx) => peer.handle(tx, now(), input), done: () => undefined, failed });
  }

  /** Runs a command or question of a person's; resolves once it is durable. Rejects where it was not. */
  run<T>(work: (ctx: Context) => T): Promise<T> {
    const { peer, now } = this.#parts;
    return new Promise((resolve, reject) => {
      let value: T;
      this.#add({
        run: (tx) => {
          const step = peer.run(tx, now(), work);
          value = step.value;
          return step.effects;
        },
        done: () => resolve(value),
        failed: reject,
      });
    });
  }

  /** Takes no more inputs. What was taken before is finished first. */
  async stop(): Promise<void> {
    while (!this.#stopped && (this.#waiting.length > 0 || this.#syncing.size > 0)) {
      this.#flush();
      if (this.#syncing.size > 0) await Promise.race(this.#syncing);
    }
    this.#stopped = true;
    await Promise.all(this.#syncing);
    clearTimeout(this.#gathering);
    clearTimeout(this.#wake);
  }

  #add(job: Job): void {
    if (this.#stopped) {
      job.failed(new SoukError('unavailable', 'The peer has stopped.'));
      return;
    }
    if (this.#waiting.push(job) === 1) this.#gatheredSince = this.#parts.now();
    this.#plan();
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#gather());
  }

  /**
   * A commit costs hardly more for a few than for one: it waits a moment while each turn of the event loop brings
   * more, and while more are about to come than are there.
   */
  #gather(): void {
    this.#planned = false;
    if (this.#waiting.length >= enough) return this.#flush();
    const more = this.#waiting.length > this.#gathered;
    this.#gathered = this.#waiting.length;
    const waitedMs = this.#parts.now() - this.#gatheredSince;
    // A clock that was put back must keep nobody waiting.
    if (more && waitedMs >= 0 && waitedMs < gatherMs) return this.#plan();
    const coming = this.#parts.coming?.() ?? 0;
    if (coming <= this.#waiting.length) this.#flush();
    else this.#gathering ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#stopped || this.#waiting.length === 0 || this.#behind.length >= behindMax) return;
    const group = this.#waiting.splice(0, groupMax);
    this.#gathered = 0;
    if (this.#waiting.length > 0) this.#plan();
    const { finished, wrote } = this.#commit(group);
    const committed = { finished, onDisk: !wrote };
    this.#behind.push(committed);
    if (!wrote) return this.#actInOrder();
    const sync = this.#sync(committed).finally(() => this.#syncing.delete(sync));
    this.#syncing.add(sync);
  }

  /** Groups are on their way to the disk beside each other: the next costs it hardly more, and waits for none. */
  async #sync(group: Group): Promise<void> {
    try {
      await this.#parts.store.synced();
    } catch (error) {
      this.#breakOff(error);
      return;
    }
    group.onDisk = true;
    this.#actInOrder();
  }

  /** What was only read may stand on what is not on the disk yet: it waits for the groups before it, as all do. */
  #actInOrder(): void {
    while (this.#behind[0]?.onDisk === true) this.#actOn(this.#behind.shift()?.finished ?? []);
    if (this.#waiting.length > 0) this.#plan();
  }

  #actOn(finished: readonly Finished[]): void {
    for (const { job, effects } of finished) {
      for (const effect of effects) this.#parts.perform(effect);
      job.done();
    }
  }

  #breakOff(error: unknown): void {
    this.#stopped = true;
    clearTimeout(this.#wake);
    const behind = this.#behind.splice(0).flatMap(({ finished }) => finished);
    const jobs = [...behind.map(({ job }) => job), ...this.#waiting.splice(0)];
    for (const job of jobs) job.failed(error);
  }

  /** Runs a group in one durable batch. A job that throws is undone alone; where the commit fails, all are. */
  #commit(group: readonly Job[]): { readonly finished: Finished[]; readonly wrote: boolean } {
    const { store, peer } = this.#parts;
    const thrown: { job: Job; error: unknown }[] = [];
    try {
      const { result: finished, wrote } = store.batchAhead((run) => {
        const done: Finished[] = [];
        for (const job of group) {
          try {
            done.push({ job, effects: run((tx) => this.#keep(tx, job.run(tx))) });
          } catch (error) {
            thrown.push({ job, error });
          }
        }
        this.#planWake(run((tx) => peer.nextWakeAt(tx)));
        return done;
      });
      for (const { job, error } of thrown) job.failed(error);
      return { finished, wrote };
    } catch (error) {
      // What was planned in the transaction went with it.
      this.#planWake(this.#parts.now() + wakeAgainMs);
      for (const job of group) job.failed(error);
      return { finished: [], wrote: false };
    }
  }

  #keep(tx: Transaction, effects: readonly Effect[]): readonly Effect[] {
    this.#parts.keep(tx, effects);
    return effects;
  }

  #planWake(at: Milliseconds | undefined): void {
    clearTimeout(this.#wake);
    if (at === undefined || this.#stopped) return;
    const inMs = Math.min(Math.max(at - this.#parts.now(), 1), wakeMsMax);
    this.#wake = setTimeout(() => this.#tick({ kind: 'tick' }), inMs);
  }

  /** One timer that throws must not keep all others, and what is to be sent again, from their turn. */
  #tick(tick: Extract<Input, { readonly kind: 'tick' }>): void {
    this.input(tick, (error) => {
      this.#parts.onFault(error);
      if (tick.care === 'later' || this.#stopped) return;
      this.#tick({ kind: 'tick', care: tick.care === 'one' ? 'later' : 'one' });
    });
  }
}
