import type { Effect } from '../kernel/index.ts';
import type { Input } from '../peer/index.ts';
import type { Milliseconds } from '../time.ts';
import { Digest } from './digest.ts';

/** The digest of all that happens in a world: every input, whose it was and when, and every effect in full. */
export class Trace {
  readonly #digest = new Digest();

  input(at: Milliseconds, peer: number, input: Input): void {
    const digest = this.note(at, peer, input.kind);
    switch (input.kind) {
      case 'request':
        digest.text(input.exchange).text(input.request.route);
        return;
      case 'line':
        digest.text(input.call.id);
        return;
      case 'outcome':
        digest.text(input.call.id).text(input.outcome.kind);
    }
  }

  effect(effect: Effect): void {
    this.#digest.text(JSON.stringify(effect));
  }

  /** Something else that happened to a peer. */
  note(at: Milliseconds, peer: number, what: string): Digest {
    return this.#digest.number(at).number(peer).text(what);
  }

  toString(): string {
    return this.#digest.toString();
  }
}
