import { locale } from '../../i18n/index.ts';

/** A short time: `40 ms`, `1.4 s`, `2 min`. */
export function durationText(ms: number): string {
  const [value, unit, digits] =
    ms < 1_000
      ? [ms, 'millisecond', 0]
      : ms < 90_000
        ? [ms / 1_000, 'second', ms < 10_000 ? 1 : 0]
        : [ms / 60_000, 'minute', 0];
  return new Intl.NumberFormat(locale(), {
    style: 'unit',
    unit: String(unit),
    unitDisplay: 'short',
    maximumFractionDigits: Number(digits),
  }).format(Number(value));
}
