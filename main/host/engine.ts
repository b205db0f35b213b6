import type { Context, Effect } from '../../src/kernel/index.ts';
import type { Input, Peer } from '../../src/peer/index.ts';
import type { Store, Transaction } from '../../src/state/index.ts';
import type { Milliseconds } from '../../src/time.ts';

/** Node's timers fire at once when they are set further ahead. */
const wakeMsMax = 2 ** 31 - 1;
/** After a commit that failed, what is due is tried again this soon. */
const wakeAgainMs = 1_000;
/** One group shares one commit; a larger one would keep the first of it waiting. */
const groupMax = 256;
/** How long a group waits at most for inputs that are about to come. */
const gatherMs: Milliseconds = 3;

export interface EngineParts {
  readonly peer: Peer;
  readonly store: Store;
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

/**
 * Feeds the peer one input at a time. What arrives while a group is being written makes the next group,
 * which is committed as one: nothing is answered or sent before the state behind it is durable.
 */
export class Engine {
  readonly #parts: EngineParts;
  #waiting: Job[] = [];
  #planned = false;
  #wake: NodeJS.Timeout | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #stopped = false;

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
  stop(): void {
    this.#flush();
    this.#stopped = true;
    clearTimeout(this.#wake);
  }

  #add(job: Job): void {
    if (this.#stopped) {
      job.failed(new Error('The peer has stopped.'));
      return;
    }
    this.#waiting.push(job);
    this.#plan();
  }

  #plan(): void {
    if (this.#planned) return;
    this.#planned = true;
    setImmediate(() => this.#gather());
  }

  /** A commit costs hardly more for many than for one: it waits a moment while more are coming than are there. */
  #gather(): void {
    this.#planned = false;
    const coming = this.#parts.coming?.() ?? 0;
    if (coming <= this.#waiting.length) this.#flush();
    else this.#gathering ??= setTimeout(() => this.#flush(), gatherMs);
  }

  #flush(): void {
    clearTimeout(this.#gathering);
    this.#gathering = undefined;
    if (this.#stopped || this.#waiting.length === 0) return;
    const group = this.#waiting.splice(0, groupMax);
    if (this.#waiting.length > 0) this.#plan();
    const finished = this.#commit(group);
    for (const { job, effects } of finished) {
      for (const effect of effects) this.#parts.perform(effect);
      job.done();
    }
  }

  /** Runs a group in one durable batch. A job that throws is undone alone; where the commit fails, all are. */
  #commit(group: readonly Job[]): readonly { job: Job; effects: readonly Effect[] }[] {
    const { store, peer } = this.#parts;
    const thrown: { job: Job; error: unknown }[] = [];
    try {
      const finished = store.batch((run) => {
        const done: { job: Job; effects: readonly Effect[] }[] = [];
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
      return finished;
    } catch (error) {
      // What was planned in the transaction went with it.
      this.#planWake(this.#parts.now() + wakeAgainMs);
      for (const job of group) job.failed(error);
      return [];
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
