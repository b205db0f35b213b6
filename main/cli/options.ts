import { InvalidArgumentError } from 'commander';

/** Parsers for commander's options: what they throw is told as wrong usage. */

export function integer(min: number, max: number) {
  return (text: string): number => {
    const value = Number(text);
    if (/^\d{1,16}$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Give a whole number from ${min} to ${max}.`);
  };
}

export const port = integer(0, 65_535);
export const limit = integer(1, 1_000);

const powers: Readonly<Record<string, number>> = { k: 1, m: 2, g: 3, t: 4 };

/** Bytes: `500`, `64k`, `10M` and `10MB` (a thousand thousands each), `2GiB` (of 1024 each). */
export function bytes(text: string): number {
  const [, number = '', unit = '', binary] =
    /^(\d{1,12})\s*(?:([kmgt])(i)?)?b?$/i.exec(text.trim()) ?? [];
  if (number === '') throw new InvalidArgumentError('Give bytes, as 500, 64k, 10M or 2GiB.');
  return Number(number) * (binary ? 1024 : 1000) ** (powers[unit.toLowerCase()] ?? 0);
}

/** A rate in bytes a second; `off` is none. */
export function rate(text: string): number | null {
  return text === 'off' ? null : bytes(text);
}

export function day(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new InvalidArgumentError('Give a day as 2026-11-30.');
}

export function collect(text: string, before: readonly string[] | undefined): string[] {
  return [...(before ?? []), text];
}
