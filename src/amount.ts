import { SoukError } from './problem.ts';

declare const amountBrand: unique symbol;

/** A non-negative whole number of a currency's smallest unit, at most 2^53 − 1 (protocol 1). */
export type Amount = number & { readonly [amountBrand]: 'Amount' };

export const zero = 0 as Amount;

/** The one place where a number becomes an amount. Throws `amount-out-of-range` on anything else. */
export function amount(value: number): Amount {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new SoukError(
      'amount-out-of-range',
      `${value} is not an amount: a whole number from 0 to 2^53 − 1.`,
    );
  }
  return value as Amount;
}

export function isAmount(value: unknown): value is Amount {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** a + b; throws `amount-out-of-range` past 2^53 − 1, never rounds. */
export function add(a: Amount, b: Amount): Amount {
  return amount(a + b);
}

/** a − b; throws `amount-out-of-range` below zero. */
export function subtract(a: Amount, b: Amount): Amount {
  return amount(a - b);
}

/** Sum of signed amounts (journal postings, tab balances); throws where it leaves ±(2^53 − 1). */
export function addSigned(a: number, b: number): number {
  const sum = a + b;
  if (!Number.isSafeInteger(sum)) {
    throw new SoukError(
      'amount-out-of-range',
      `${a} + ${b} leaves the range of whole numbers that can be told apart.`,
    );
  }
  return sum;
}

/** `flat + ceil(value × perMillion / 10^6)`: transfer fees (protocol 3) and commissions (protocol 5). */
export function share(
  value: Amount,
  rate: { readonly flat: Amount; readonly perMillion: Amount },
): Amount {
  const parts = (BigInt(value) * BigInt(rate.perMillion) + 999_999n) / 1_000_000n;
  return amount(rate.flat + Number(parts));
}
