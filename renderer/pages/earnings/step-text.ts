import { locale } from '../../i18n/index.ts';
import type { Step } from './earning-groups.ts';

/** A step of the journal's days as a person reads it. Days are UTC: they are not moved into another zone. */
export function stepText(start: string, step: Step, short = false): string {
  const style: Intl.DateTimeFormatOptions =
    step === 'month'
      ? { year: 'numeric', month: short ? 'short' : 'long' }
      : short
        ? { month: 'short', day: 'numeric' }
        : { year: 'numeric', month: 'short', day: 'numeric' };
  return new Date(Date.parse(start)).toLocaleDateString(locale(), { ...style, timeZone: 'UTC' });
}
