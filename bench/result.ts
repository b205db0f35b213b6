/** One measured number beside the limit that was measured in the same run on the same machine. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limitName: string;
  readonly limit: number;
  /** value / limit; for memory it is to stay below 1, for speeds to reach `target`. */
  readonly ratio: number;
}

export function result(
  name: string,
  measured: { readonly value: number; readonly unit: string },
  bound: { readonly limitName: string; readonly limit: number },
): BenchResult {
  const round = (value: number) => Number(value.toPrecision(4));
  return {
    name,
    value: round(measured.value),
    unit: measured.unit,
    limitName: bound.limitName,
    limit: round(bound.limit),
    ratio: round(measured.value / bound.limit),
  };
}

/** Seconds that `work` takes. */
export async function secondsOf(work: () => Promise<unknown> | unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
