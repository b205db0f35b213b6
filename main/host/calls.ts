import type { Call } from '../../src/kernel/index.ts';
import { SoukError } from '../../src/problem.ts';
import type { PeerClient } from '../network/index.ts';
import type { Engine } from './engine.ts';

/** Calls under way: each outcome goes back into the core, lines before it. */
export class Calls {
  readonly #client: Pick<PeerClient, 'call'>;
  readonly #onFault: (error: unknown) => void;
  readonly #underWay = new Map<string, AbortController>();

  /** `onFault` is told of an answer that the core could not take in. */
  constructor(client: Pick<PeerClient, 'call'>, onFault: (error: unknown) => void) {
    this.#client = client;
    this.#onFault = onFault;
  }

  /** Begins a call; one that is under way already goes on as it is. */
  begin(call: Call, engine: Pick<Engine, 'input'>): void {
    if (this.#underWay.has(call.id)) return;
    const hangUp = new AbortController();
    this.#underWay.set(call.id, hangUp);
    const lost = (error: unknown) => this.#lost(error);
    const onLine = (line: unknown) => {
      if (!hangUp.signal.aborted) engine.input({ kind: 'line', call, line }, lost);
    };
    void this.#client.call(call, onLine, hangUp.signal).then((outcome) => {
      this.#underWay.delete(call.id);
      if (!hangUp.signal.aborted) engine.input({ kind: 'outcome', call, outcome }, lost);
    });
  }

  /** Ends a call; nothing more of it goes into the core. */
  hangUp(callId: string): void {
    this.#underWay.get(callId)?.abort();
  }

  /** What comes after the peer has stopped is asked for again at the next start. */
  #lost(error: unknown): void {
    const stopped = error instanceof SoukError && error.code === 'unavailable';
    if (!stopped) this.#onFault(error);
  }

  /** Ends every call under way. */
  stop(): void {
    for (const hangUp of this.#underWay.values()) hangUp.abort();
  }
}
