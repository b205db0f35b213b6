/** Milliseconds since 1970, as given to the core with every input. */
export type Milliseconds = number;
/** Seconds since 1970, as in statements (protocol 1). */
export type Seconds = number;

export function seconds(now: Milliseconds): Seconds {
  return Math.floor(now / 1000);
}

/** The UTC day of a moment, as `YYYY-MM-DD`: the unit of the earnings page. */
export function day(at: Milliseconds): string {
  return new Date(at).toISOString().slice(0, 10);
}
