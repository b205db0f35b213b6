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

/**
 * Questions that the screen shows, each asked once however many components show it, and asked again when
 * an event says that its answer may have changed. The peer is the owner of all data; this is a view.
 */
export class Answers {
  readonly store = createStore<Readonly<Record<string, AnyAnswer>>>(() => ({}));
  readonly #client: BridgeClient;
  readonly #asked = new Map<string, Asked>();
  #timer: number | undefined;

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
    if (asked.stale) void this.#ask(key, asked);
    return () => {
      asked.watchers -= 1;
      // While others look, events keep it fresh; only what nobody looks at grows old.
      if (asked.watchers === 0) asked.stale = true;
    };
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
    this.#timer ??= window.setTimeout(() => {
      this.#timer = undefined;
      for (const [key, asked] of this.#asked) {
        if (asked.stale && asked.watchers > 0 && !asked.busy) void this.#ask(key, asked);
      }
    }, refreshMs);
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
    if (asked.stale) this.#invalidate(() => false);
  }

  #put(key: string, change: (before: AnyAnswer) => AnyAnswer): void {
    this.store.setState((answers) => ({ [key]: change(answers[key] ?? { loading: false }) }));
  }
}

export function keyOf<M extends MethodName>(method: M, input: MethodInput<M>): string {
  return `${method} ${JSON.stringify(input)}`;
}
