/**
 * How long answers took, in bounded space: how many fell into each of a few steps. A step reaches √2 times as
 * far as the one before it, so that what is read from it is right within that factor.
 */
export type Times = readonly number[];

export const noTimes: Times = [];

/** The last step reaches to 17 minutes: longer than any answer is waited for. */
const stepsMax = 41;
/** Past so many answers all counts are halved: what was long ago weighs less and less. */
const answersMax = 1_000;

/** Counts an answer that took so many milliseconds. */
export function addTime(times: Times, tookMs: number): Times {
  const step = stepOf(tookMs);
  const counts = [...times];
  while (counts.length <= step) counts.push(0);
  counts[step] = (counts[step] ?? 0) + 1;
  return total(counts) > answersMax ? counts.map((count) => Math.floor(count / 2)) : counts;
}

/** What a person reads: `medianMs` and `p90Ms` are the ends of the steps in which they fall. */
export interface TimesSummary {
  readonly answers: number;
  readonly medianMs: number;
  readonly p90Ms: number;
}

/** Undefined where there was no answer yet. */
export function summaryOf(times: Times): TimesSummary | undefined {
  const answers = total(times);
  if (answers === 0) return undefined;
  return {
    answers,
    medianMs: percentile(times, answers, 50),
    p90Ms: percentile(times, answers, 90),
  };
}

/** The end of the step below which at least so many of a hundred answers stay. */
function percentile(times: Times, answers: number, hundredths: number): number {
  let below = 0;
  for (const [step, count] of times.entries()) {
    below += count;
    if (below * 100 >= answers * hundredths) return endOf(step);
  }
  return endOf(times.length - 1);
}

function stepOf(tookMs: number): number {
  let step = 0;
  while (step < stepsMax - 1 && endOf(step) < tookMs) step += 1;
  return step;
}

const ends = Array.from({ length: stepsMax }, (_, step) => Math.round(2 ** (step / 2)));

function endOf(step: number): number {
  return ends[step] ?? Number.POSITIVE_INFINITY;
}

function total(times: Times): number {
  return times.reduce((sum, count) => sum + count, 0);
}
