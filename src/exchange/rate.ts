import { type Amount, amount, isAmount } from '../amount.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, ok, type Result } from '../result.ts';

/** Exact arithmetic of rates (protocol 8). Every rounding is in favor of the peer that offers the rate. */
export interface Ratio {
  readonly numerator: Amount;
  readonly denominator: Amount;
}

/**
 * What is got for `give`: `floor(give × numerator / denominator)`. `exchange-limit` where that is nothing,
 * `amount-out-of-range` where it leaves the range of amounts; never a rounding in the taker's favor.
 */
export function getFor({ numerator, denominator }: Ratio, give: Amount): Result<Amount, Problem> {
  const got = (BigInt(give) * BigInt(numerator)) / BigInt(denominator);
  if (got === 0n) {
    return fail(problem('exchange-limit', 'At this rate so little gives nothing.'));
  }
  return inRange(got);
}

/** What must be given at least to get `get`: `ceil(get × denominator / numerator)`. `amount-out-of-range`. */
export function giveFor({ numerator, denominator }: Ratio, get: Amount): Result<Amount, Problem> {
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  return inRange((BigInt(get) * d + n - 1n) / n);
}

function inRange(value: bigint): Result<Amount, Problem> {
  const plain = Number(value);
  return isAmount(plain) && BigInt(plain) === value
    ? ok(amount(plain))
    : fail(problem('amount-out-of-range', 'What it comes to is past 2^53 − 1.'));
}
