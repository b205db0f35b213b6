import { type Chance, drawShare } from '../kernel/index.ts';
import {
  acceptanceDeadlineMs,
  acceptanceWaitMsMin,
  contestHopMs,
  contestLifetimeMsMin,
  contestPassingMs,
  contestWindowMs,
  ownAcceptanceWaitMsMax,
  ownAcceptanceWaitMsMin,
} from '../limits.ts';
import type { Milliseconds } from '../time.ts';
import type { Sale } from './deals.ts';

/**
 * Who waits how long for whom along a chain (protocol 6, 7). An answer is waited for less long toward the source,
 * so that each link has refunded its buyer before that one gives up; a contest is heard longer toward the source,
 * so that each link can still pass on what it refunded. All of it are spans: no clocks are compared.
 */

/** A person's wait, drawn: a seller must not tell by it whether it sells to a person or to an intermediary (§2.1). */
export function drawOwnWaitMs(chance: Chance): Milliseconds {
  const spanMs = ownAcceptanceWaitMsMax - ownAcceptanceWaitMsMin;
  return Math.round(ownAcceptanceWaitMsMin + drawShare(chance) * spanMs);
}

/** How long a supplier is waited for, where the buyer waits for `withinMs`; undefined where nothing can be had in it. */
export function supplierWaitMs(withinMs: Milliseconds | undefined): Milliseconds | undefined {
  if (withinMs === undefined) return acceptanceDeadlineMs;
  const waitMs = Math.floor((withinMs * 4) / 5);
  return waitMs < acceptanceWaitMsMin ? undefined : waitMs;
}

/** So long from the acceptance on the source of a document hears contests, and whoever says nothing of it. */
export const contestLifetimeMs = contestWindowMs + contestPassingMs;

/** How long this peer hears contests of a sale of its own, as it tells its buyer. */
export function hearsMs({ contestWithinMs }: Pick<Sale, 'contestWithinMs'>): Milliseconds {
  return contestWithinMs ?? contestLifetimeMs;
}

/** How long a seller hears contests of a deal, by what it told; nobody can make a deal incontestable. */
export function sellerHearsMs(told: Milliseconds | undefined): Milliseconds {
  return Math.min(Math.max(told ?? contestLifetimeMs, contestLifetimeMsMin), contestLifetimeMs);
}

/** How long an intermediary hears contests, whose supplier told so much: the rest is its time to pass one on. */
export function intermediaryHearsMs(told: Milliseconds | undefined): Milliseconds {
  return Math.max(sellerHearsMs(told) - contestHopMs, contestLifetimeMsMin);
}

/** How long a person may contest, whose seller told so much: the rest is the time to reach the seller. */
export function personsWindowMs(told: Milliseconds | undefined): Milliseconds {
  return Math.min(contestWindowMs, sellerHearsMs(told) - contestHopMs);
}
