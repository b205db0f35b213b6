import type { PeerId } from '../../src/identity/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { PeerRequest } from '../../src/protocol/index.ts';

/**
 * The answering side of one request. It is answered once: whatever is said after the end, or after the
 * caller hung up, is dropped, so that an answer may come late or twice without harm.
 */
export interface Exchange {
  /** Answers for good; drafts inside are signed on the way. */
  reply(status: number, body: unknown): void;
  /** Refuses for good, as a problem document; a stream that has begun is cut instead. */
  refuse(problem: Problem): void;
  /** One NDJSON line; the last ends the answer. */
  line(body: unknown, last: boolean): void;
  /** Calls `listener` when the caller hangs up before the end; at once where it did. */
  whenHungUp(listener: () => void): void;
}

/**
 * The peer behind the service. `handle` is given only what passed every check of the protocol's form:
 * who asks, parameters and body by their schemas, statements opened. It MUST answer the exchange within
 * the route's time; what it throws becomes `internal`.
 */
export interface RequestHandler {
  handle(from: PeerId, request: PeerRequest, exchange: Exchange): void;
}
