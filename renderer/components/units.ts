import { locale } from '../i18n/index.ts';

const sizeUnits = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** A size for a person: `1.4 MB`; decimal units, as file managers show them. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(sizeUnits.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  // Written so in every language; the first format of a page takes its time.
  if (power === 0) return `${Math.round(value)} B`;
  const digits = value >= 100 ? 0 : 1;
  const written = numberFormat(`${digits} digits`, { maximumFractionDigits: digits }).format(value);
  return `${written} ${sizeUnits[power]}`;
}

export function speedText(bytesPerSecond: number): string {
  return `${sizeText(Math.round(bytesPerSecond))}/s`;
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();
const numberFormats = new Map<string, Intl.NumberFormat>();

/** Kept for each language: to make one takes longer than to draw the rest of a row. */
function dateFormat(name: string, parts: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale()} ${name}`;
  const known = dateFormats.get(key) ?? new Intl.DateTimeFormat(locale(), parts);
  dateFormats.set(key, known);
  return known;
}

/** So are those of numbers; `name` tells one set of options from another. */
export function numberFormat(name: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${name}`;
  const known = numberFormats.get(key) ?? new Intl.NumberFormat(locale(), options);
  numberFormats.set(key, known);
  return known;
}

export function timeText(at: number): string {
  return dateFormat('time', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** As `timeText`, without the year where it is this one. */
export function shortTimeText(at: number): string {
  const day = new Date(at);
  if (day.getFullYear() !== new Date().getFullYear()) return dayText(at);
  const parts = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const;
  return dateFormat('short', parts).format(at);
}

export function clockText(at: number): string {
  return dateFormat('clock', { timeStyle: 'short' }).format(at);
}

export function dayText(at: number): string {
  return dateFormat('day', { dateStyle: 'medium' }).format(at);
}

/** How long until, or since, as `3 min`: for expiries and times left. */
export function spanText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [value, unit] =
    seconds < 90
      ? [seconds, 'second']
      : seconds < 90 * 60
        ? [Math.round(seconds / 60), 'minute']
        : seconds < 36 * 3600
          ? [Math.round(seconds / 3600), 'hour']
          : [Math.round(seconds / 86_400), 'day'];
  const options = { style: 'unit', unit: String(unit), unitDisplay: 'short' } as const;
  return numberFormat(`${unit}s`, options).format(Number(value));
}
