import type { Milliseconds } from '../time.ts';

/** How the world misbehaves. Shares are in thousandths. */
export interface Faults {
  /** Requests that never arrive. */
  readonly loseRequest: number;
  /** Answers that never arrive, whole or from some line on. */
  readonly loseAnswer: number;
  /** What is lost is noticed only when the caller's time is up; the rest breaks the connection. */
  readonly silence: number;
  /** Requests that arrive twice; only the first is answered to anybody. */
  readonly repeat: number;
  /** Each message takes up to so long, so that they overtake one another. */
  readonly delayMsMax: Milliseconds;
  /** Inputs at which the peer crashes: before the commit, or after it and before some or all effects. */
  readonly crash: number;
  /** Inputs whose commit fails because the disk does: nothing of them has happened. */
  readonly diskFailure: number;
}

export const noFaults: Faults = {
  loseRequest: 0,
  loseAnswer: 0,
  silence: 0,
  repeat: 0,
  delayMsMax: 20,
  crash: 0,
  diskFailure: 0,
};

/** Messages from the one group do not reach the other. A cut in both directions is two of these. */
export interface Cut {
  readonly from: ReadonlySet<number>;
  readonly to: ReadonlySet<number>;
}

/** What a link between two peers can do, besides the faults: on the average of a home connection if not said. */
export interface Link {
  /** Added to each message. */
  readonly delayMs: Milliseconds;
  readonly bytesPerSecond: number;
}

export const usualLink: Link = { delayMs: 0, bytesPerSecond: 1_250_000 };
