import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { RunningPeerEvent } from '../host/index.ts';
import {
  type BridgeEvent,
  type EventFrame,
  type HandlerInput,
  isMethodName,
  type MethodName,
  methods,
} from './contract.ts';
import { EventLog } from './event-log.ts';
import type { Handlers } from './handler.ts';
import { bookHandlers } from './handlers/books.ts';
import { currencyHandlers } from './handlers/currency.ts';
import { dealHandlers } from './handlers/deals.ts';
import { demoHandlers } from './handlers/demo.ts';
import { directoryHandlers } from './handlers/directory.ts';
import { exchangeHandlers } from './handlers/exchange.ts';
import { libraryHandlers } from './handlers/library.ts';
import { neighborHandlers } from './handlers/neighbors.ts';
import { peerHandlers } from './handlers/peer.ts';
import { searchHandlers } from './handlers/search.ts';
import { tabHandlers } from './handlers/tabs.ts';
import { walletHandlers } from './handlers/wallet.ts';
import type { BridgePeer, BridgeProgram, Place } from './peer-port.ts';
import { describeIssues } from './zod-problem.ts';

const handlers: Handlers<MethodName> = {
  ...peerHandlers,
  ...neighborHandlers,
  ...libraryHandlers,
  ...searchHandlers,
  ...dealHandlers,
  ...walletHandlers,
  ...exchangeHandlers,
  ...tabHandlers,
  ...currencyHandlers,
  ...bookHandlers,
  ...directoryHandlers,
  ...demoHandlers,
};

export interface RouterParts {
  readonly peer: BridgePeer;
  readonly program: BridgeProgram;
  /** Hears what was no refusal but a fault of this program. */
  onFault(error: unknown): void;
}

/** Carries the contract's methods out over a running peer, and numbers its events: behind every transport. */
export class Router {
  readonly #parts: RouterParts;
  readonly #log = new EventLog();
  readonly #unlisten: () => void;
  #closed = false;

  constructor(parts: RouterParts) {
    this.#parts = parts;
    this.#unlisten = parts.peer.onEvent((event) => this.#log.append(bridgeEventOf(event)));
  }

  /**
   * Calls a method by a name and an input that nobody has checked yet. Refusals are values: `not-found`
   * for a name that is none, `bad-request` for an input that does not fit, `unavailable` after the end, else as
   * the method says.
   */
  async call(name: string, input: unknown): Promise<Result<unknown, Problem>> {
    if (this.#closed) return fail(ended());
    if (!isMethodName(name)) return fail(problem('not-found', 'There is no method of this name.'));
    const parsed = methods[name].input.safeParse(input);
    if (!parsed.success) return fail(problem('bad-request', describeIssues(parsed.error)));
    try {
      const given = await invoke(name, this.#parts, parsed.data as HandlerInput<typeof name>);
      if (methods[name].changes) this.#log.append({ type: 'command', method: name });
      return ok(methods[name].output.parse(given));
    } catch (error) {
      if (error instanceof SoukError) return fail(error.toProblem());
      // What was begun before the end may find the peer's parts closed.
      if (this.#closed) return fail(ended());
      this.#parts.onFault(error);
      return fail(problem('internal', 'The peer met a fault of its own; its log tells more.'));
    }
  }

  /** Events after number `after`; see `EventLog.listen`. */
  listen(after: number | undefined, listener: (frame: EventFrame) => void): () => void {
    return this.#log.listen(after, listener);
  }

  /** To be called before the peer is closed. */
  close(): void {
    this.#closed = true;
    this.#unlisten();
  }
}

function ended(): Problem {
  return problem('unavailable', 'The peer has stopped. Start it again, and try again.');
}

async function invoke<M extends MethodName>(name: M, place: Place, input: HandlerInput<M>) {
  return await handlers[name](place, input);
}

function bridgeEventOf(event: RunningPeerEvent): BridgeEvent {
  if (event.type !== 'upload') return event;
  const { upload, caller, documentId, bytesSent, bytesTotal, state } = event.progress;
  return { type: 'upload', upload, peer: caller, documentId, bytesSent, bytesTotal, state };
}
