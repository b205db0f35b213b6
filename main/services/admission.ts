import type { PeerId } from '../../src/identity/index.ts';
import { solicitationsMax, solicitationsPerPeerMax } from '../../src/limits.ts';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { Milliseconds } from '../../src/time.ts';
import { RequestLimiter, type RequestRate } from './token-bucket.ts';

/** What may be asked of this peer at one time, and how fast (protocol 10). */
export interface AdmissionBounds {
  readonly streamsPerPeerMax: number;
  readonly streamsMax: number;
  /** Requests of one peer that wait for their answer, streams and long polls among them. */
  readonly openPerPeerMax: number;
  readonly openMax: number;
}

const admissionBounds: AdmissionBounds = {
  streamsPerPeerMax: solicitationsPerPeerMax,
  streamsMax: solicitationsMax,
  openPerPeerMax: 256,
  openMax: 4096,
};

export const neighborRate: RequestRate = { burst: 2000, perSecond: 1000 };
export const strangerRate: RequestRate = { burst: 200, perSecond: 50 };

const fullRetryMs = 1_000;

interface Taken {
  open: number;
  streams: number;
}

/** The door: lets requests in while there is room for their peer and for all, or says when to come again. */
export class Admission {
  readonly #bounds: AdmissionBounds;
  readonly #limiter: RequestLimiter;
  readonly #taken = new Map<PeerId, Taken>();
  readonly #all: Taken = { open: 0, streams: 0 };

  constructor(
    rateOf: (peer: PeerId) => RequestRate,
    now: () => Milliseconds,
    bounds: Partial<AdmissionBounds> = {},
  ) {
    this.#limiter = new RequestLimiter(rateOf, now);
    this.#bounds = { ...admissionBounds, ...bounds };
  }

  /** Takes one request of the peer's rate: `rate-limited` with `retryAfterMs` where it has none left. */
  knock(peer: PeerId): Problem | undefined {
    const waitMs = this.#limiter.take(peer);
    return waitMs > 0 ? full('Too many requests came in a short time.', waitMs) : undefined;
  }

  /**
   * Lets one request in and gives the function that MUST be called, once, when it has ended.
   * `rate-limited` with `retryAfterMs` where there is no room.
   */
  enter(peer: PeerId, streams: boolean): Result<() => void, Problem> {
    const own = this.#taken.get(peer) ?? { open: 0, streams: 0 };
    const { openPerPeerMax, openMax, streamsPerPeerMax, streamsMax } = this.#bounds;
    if (own.open >= openPerPeerMax || this.#all.open >= openMax) {
      return fail(full('Too many requests wait for their answer.', fullRetryMs));
    }
    if (streams && (own.streams >= streamsPerPeerMax || this.#all.streams >= streamsMax)) {
      return fail(full('Too many solicitations are running.', fullRetryMs));
    }
    const count = streams ? 1 : 0;
    own.open += 1;
    own.streams += count;
    this.#all.open += 1;
    this.#all.streams += count;
    this.#taken.set(peer, own);
    return ok(() => this.#leave(peer, own, count));
  }

  #leave(peer: PeerId, own: Taken, streams: number): void {
    own.open -= 1;
    own.streams -= streams;
    this.#all.open -= 1;
    this.#all.streams -= streams;
    if (own.open === 0) this.#taken.delete(peer);
  }
}

function full(detail: string, retryAfterMs: Milliseconds): Problem {
  return problem('rate-limited', `${detail} Try again later.`, { retryAfterMs });
}
