import type { PeerId } from '../../src/identity/index.ts';
import type { Milliseconds } from '../../src/time.ts';
import { BoundedCache } from '../bounded-cache.ts';

/** How many requests a peer may send: `burst` at once, `perSecond` in the long run. */
export interface RequestRate {
  readonly burst: number;
  readonly perSecond: number;
}

interface Bucket {
  tokens: number;
  at: Milliseconds;
}

const bucketsKept = 10_000;

/** A token bucket for each peer that asked lately. `rateOf` may judge a peer anew with each request. */
export class RequestLimiter {
  readonly #rateOf: (peer: PeerId) => RequestRate;
  readonly #now: () => Milliseconds;
  readonly #buckets = new BoundedCache<PeerId, Bucket>(bucketsKept);

  constructor(rateOf: (peer: PeerId) => RequestRate, now: () => Milliseconds) {
    this.#rateOf = rateOf;
    this.#now = now;
  }

  /** Takes one request from the peer's bucket: 0, or the time in ms after which there is one again. */
  take(peer: PeerId): Milliseconds {
    const { burst, perSecond } = this.#rateOf(peer);
    const now = this.#now();
    const bucket = this.#buckets.get(peer) ?? { tokens: burst, at: now };
    const elapsed = Math.max(0, now - bucket.at);
    const tokens = Math.min(burst, bucket.tokens + (elapsed * perSecond) / 1000);
    const taken = tokens >= 1;
    this.#buckets.set(peer, { tokens: taken ? tokens - 1 : tokens, at: now });
    return taken ? 0 : Math.ceil(((1 - tokens) * 1000) / perSecond);
  }
}
