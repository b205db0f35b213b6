/** Milliseconds since 1970, as given to the core with every input. */
export type Milliseconds = number;
/** Seconds since 1970, as in statements (protocol 1). */
export type Seconds = number;

export function seconds(now: Milliseconds): Seconds {
  return Math.floor(now / 1000);
}

/** The UTC day of a moment, as `YYYY-MM-DD`: the unit of the earnings page. */
export function day(at: Milliseconds): string {
  const number = Math.floor(at / dayMs);
  // What happens is booked on the same day as what happened before it, most often.
  if (number !== latest.number) latest = { number, text: new Date(at).toISOString().slice(0, 10) };
  return latest.text;
}

const dayMs = 24 * 60 * 60_000;
let latest = { number: 0, text: '1970-01-01' };
