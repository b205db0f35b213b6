import { type Amount, amount } from '../../src/amount.ts';
import { SoukError } from '../../src/problem.ts';

/** How a currency's amounts are written. */
export interface AmountFormat {
  readonly symbol: string;
  readonly decimals: number;
}

/** Units as a person writes them: 1250 with 2 decimals is `12.50 ALC`. Signed. */
export function formatAmount(units: number, { symbol, decimals }: AmountFormat): string {
  return `${formatUnits(units, decimals)} ${symbol}`;
}

export function formatUnits(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const rest = digits.slice(digits.length - decimals);
  return `${units < 0 ? '-' : ''}${whole}${decimals > 0 ? `.${rest}` : ''}`;
}

/**
 * The units in what a person wrote: `12.5` with 2 decimals is 1250. `amount-out-of-range` for what is no
 * number, has more decimals than the currency, or is too large: nothing is ever rounded.
 */
export function parseAmount(text: string, { symbol, decimals }: AmountFormat): Amount {
  const match = /^(\d{1,16})(?:\.(\d{1,6}))?$/.exec(text.trim());
  const [, whole = '', rest = ''] = match ?? [];
  if (!match || rest.length > decimals) {
    const places = decimals === 0 ? 'a whole number' : `a number with at most ${decimals} decimals`;
    throw new SoukError(
      'amount-out-of-range',
      `"${text}" is no amount of ${symbol}: write ${places}.`,
    );
  }
  return amount(Number(BigInt(whole + rest.padEnd(decimals, '0'))));
}
