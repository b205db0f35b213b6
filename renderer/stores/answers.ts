import { createStore } from 'zustand/vanilla';
import type { BridgeClient } from '../../main/bridge/client.ts';
import type {
  BridgeEvent,
  MethodInput,
  MethodName,
  MethodOutput,
} from '../../main/bridge/contract.ts';
import type { Problem } from '../../src/problem.ts';
import { methodsTouchedBy } from './touched.ts';

/** The last answer to one question, and how it stands. */
export interface Answer<M extends MethodName> {
  readonly data?: MethodOutput<M>;
  readonly problem?: Problem;
  readonly loading: boolean;
}

type AnyAnswer = Answer<MethodName>;

interface Asked {
  readonly method: MethodName;
  readonly input: MethodInput<MethodName>;
  watchers: number;
  stale: boolean;
  busy: boolean;
}

const refreshMs = 200;
/** How long to wait before the peer is asked again that did not answer. */
const retryMs = 1_000;
/** Answers that nobody looks at, kept so that a page someone comes back to is there at once. */
const unwatchedKept = 100;

/**
 * Questions that the screen shows, each asked once however many components show it, and asked again when
 * an event says that its answer may have changed. The peer is the owner of all data; this is a view.
 */
export class Answers {
  readonly store = createStore<Readonly<Record<string, AnyAnswer>>>(() => ({}));
  readonly #client: BridgeClient;
  readonly #asked = new Map<string, Asked>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: BridgeClient) {
    this.#client = client;
  }

  /** Keeps a question's answer fresh until the returned function is called. */
  watch<M extends MethodName>(method: M, input: MethodInput<M>): () => void {
    const key = keyOf(method, input);
    const known = this.#asked.get(key);
    const asked = known ?? { method, input, watchers: 0, stale: true, busy: false };
    this.#asked.set(key, asked);
    asked.watchers += 1;
    // One at a time: of two answers on their way the older might come last.
    if (asked.stale && !asked.busy) void this.#ask(key, asked);
    return () => {
      asked.watchers -= 1;
      // While others look, events keep it fresh; only what nobody looks at grows old.
      if (asked.watchers === 0) this.#leave(key, asked);
    };
  }

  #leave(key: string, asked: Asked): void {
    asked.stale = true;
    // Put last again: the first in order are those that were left the longest time ago.
    this.#asked.delete(key);
    this.#asked.set(key, asked);
    const unwatched = [...this.#asked].filter(([, { watchers, busy }]) => watchers === 0 && !busy);
    for (const [old] of unwatched.slice(0, -unwatchedKept)) this.#forget(old);
  }

  #forget(key: string): void {
    this.#asked.delete(key);
    const { [key]: _forgotten, ...others } = this.store.getState();
    this.store.setState(others, true);
  }

  /** An event came: what it touches is asked again, soon, and only while somebody looks. */
  onEvent(event: BridgeEvent): void {
    this.refresh(methodsTouchedBy(event.type));
  }

  /** Something was done, or events were missed: everything may have changed. */
  refresh(methods?: readonly MethodName[]): void {
    this.#invalidate((asked) => methods === undefined || methods.includes(asked.method));
  }

  #invalidate(touched: (asked: Asked) => boolean): void {
    for (const asked of this.#asked.values()) {
      if (touched(asked)) asked.stale = true;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const [key, asked] of this.#asked) this.#askIfWanted(key, asked);
    }, refreshMs);
  }

  #askIfWanted(key: string, asked: Asked): void {
    if (asked.stale && asked.watchers > 0 && !asked.busy) void this.#ask(key, asked);
  }

  async #ask(key: string, asked: Asked): Promise<void> {
    asked.stale = false;
    asked.busy = true;
    this.#put(key, (before) => ({ ...before, loading: true }));
    const result = await this.#client.call(asked.method, asked.input);
    asked.busy = false;
    this.#put(key, (before) =>
      result.ok
        ? { data: result.value, loading: false }
        : { ...before, problem: result.error, loading: false },
    );
    if (!result.ok && result.error.code === 'unreachable') {
      // The stream of events may have lived through this: then nothing else would ask again.
      asked.stale = true;
      setTimeout(() => this.#askIfWanted(key, asked), retryMs);
    } else if (asked.stale) this.#invalidate(() => false);
  }

  #put(key: string, change: (before: AnyAnswer) => AnyAnswer): void {
    this.store.setState((answers) => ({ [key]: change(answers[key] ?? { loading: false }) }));
  }
}

export function keyOf<M extends MethodName>(method: M, input: MethodInput<M>): string {
  return `${method} ${JSON.stringify(input)}`;
}
