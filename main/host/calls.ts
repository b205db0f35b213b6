import type { Call } from '../../src/kernel/index.ts';
import type { PeerClient } from '../network/index.ts';
import type { Engine } from './engine.ts';

/** Calls under way: each outcome goes back into the core, lines before it. */
export class Calls {
  readonly #client: PeerClient;
  readonly #underWay = new Map<string, AbortController>();

  constructor(client: PeerClient) {
    this.#client = client;
  }

  /** Begins a call; one that is under way already goes on as it is. */
  begin(call: Call, engine: Engine): void {
    if (this.#underWay.has(call.id)) return;
    const hangUp = new AbortController();
    this.#underWay.set(call.id, hangUp);
    const onLine = (line: unknown) => {
      if (!hangUp.signal.aborted) engine.input({ kind: 'line', call, line });
    };
    void this.#client.call(call, onLine, hangUp.signal).then((outcome) => {
      this.#underWay.delete(call.id);
      if (!hangUp.signal.aborted) engine.input({ kind: 'outcome', call, outcome });
    });
  }

  /** Ends a call; nothing more of it goes into the core. */
  hangUp(callId: string): void {
    this.#underWay.get(callId)?.abort();
  }

  /** Ends every call under way. */
  stop(): void {
    for (const hangUp of this.#underWay.values()) hangUp.abort();
  }
}
