/** Amounts as a person writes them. Whole numbers only: nothing here computes with fractions. */

interface Separators {
  readonly decimal: string;
  readonly group: string;
}

interface Writing extends Separators {
  readonly whole: Intl.NumberFormat;
}

const writings = new Map<string, Writing>();

/** Kept for each language: to make one takes longer than to write an amount. */
function writingOf(locale: string): Writing {
  const known = writings.get(locale);
  if (known) return known;
  const whole = new Intl.NumberFormat(locale);
  const parts = whole.formatToParts(123_456.5);
  const of = (type: string, fallback: string) =>
    parts.find((part) => part.type === type)?.value ?? fallback;
  const made = { whole, decimal: of('decimal', '.'), group: of('group', ',') };
  writings.set(locale, made);
  return made;
}

/** How a language writes the numbers of its people. */
export function separatorsOf(locale: string): Separators {
  return writingOf(locale);
}

/** The digits of an amount in the smallest unit: 123450 with 2 decimals is `1,234.50`. The minus is a true one. */
export function formatUnits(
  units: number,
  decimals: number,
  locale: string,
  signed = false,
): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const writing = writingOf(locale);
  const whole = writing.whole.format(BigInt(digits.slice(0, cut)));
  const rest = decimals > 0 ? writing.decimal + digits.slice(cut) : '';
  const sign = units < 0 ? '−' : signed && units > 0 ? '+' : '';
  return sign + whole + rest;
}

/** For files: `-1234.50`, the same in every language. */
export function plainUnits(units: number, decimals: number): string {
  const digits = String(Math.abs(units)).padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const rest = decimals > 0 ? `.${digits.slice(cut)}` : '';
  return `${units < 0 ? '-' : ''}${digits.slice(0, cut)}${rest}`;
}

/** The same number where amounts have other decimals: `20.50` has 2050 units, and 20 where there are no decimals. */
export function sameNumber(units: number, from: number, to: number): number {
  const moved =
    to < from ? BigInt(units) / 10n ** BigInt(from - to) : BigInt(units) * 10n ** BigInt(to - from);
  return Number(moved > most ? most : moved);
}

const most = BigInt(Number.MAX_SAFE_INTEGER);

type WrongAmount = 'no-number' | 'no-decimals' | 'too-many-decimals' | 'too-large';

export type ParsedAmount =
  | { readonly kind: 'empty' }
  | { readonly kind: 'units'; readonly units: number }
  | { readonly kind: 'wrong'; readonly why: WrongAmount };

const wrong = (why: WrongAmount): ParsedAmount => ({
  kind: 'wrong',
  why,
});

/**
 * The smallest units in what a person typed. A point or comma that groups thousands as the language does is
 * a group; any other one, alone, is the decimal sign: both `1.5` and `1,5` are one and a half everywhere,
 * while `1.500` is fifteen hundred in German and one and a half in English. Never rounds.
 */
export function parseUnits(text: string, decimals: number, locale: string): ParsedAmount {
  const plain = text.replace(/[\s\u00a0\u202f'’_]/g, '');
  if (plain === '') return { kind: 'empty' };
  const split = splitNumber(plain, writingOf(locale));
  if (!split) return wrong('no-number');
  const rest = split.rest.replace(/0+$/, '');
  if (rest.length > decimals) return wrong(decimals === 0 ? 'no-decimals' : 'too-many-decimals');
  const units = BigInt((split.whole || '0') + rest.padEnd(decimals, '0'));
  return units > most ? wrong('too-large') : { kind: 'units', units: Number(units) };
}

function splitNumber(
  text: string,
  { decimal, group }: Separators,
): { readonly whole: string; readonly rest: string } | undefined {
  if (!/^[\d.,]*\d[\d.,]*$/.test(text)) return undefined;
  const grouping = group === '.' || group === ',' ? group : decimal === ',' ? '.' : ',';
  const asWritten = matchNumber(text, grouping, decimal === ',' ? ',' : '.');
  if (asWritten) return asWritten;
  return matchNumber(text, grouping === ',' ? '.' : ',', grouping);
}

/** Groups, where there are any, are of three digits and stand before the decimal sign. */
function matchNumber(text: string, group: string, decimal: string) {
  const pattern = new RegExp(`^(\\d{1,3}(?:\\${group}\\d{3})+|\\d*)(?:\\${decimal}(\\d*))?$`);
  const [match, whole = '', rest = ''] = pattern.exec(text) ?? [];
  return match === undefined ? undefined : { whole: whole.replaceAll(group, ''), rest };
}
