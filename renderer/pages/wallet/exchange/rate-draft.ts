import type { Amount as Units } from '../../../../src/amount.ts';
import type { CurrencyId } from '../../../../src/identity/index.ts';
import type { OwnRate, RateInput } from './rate-text.ts';

const weekMs = 7 * 24 * 60 * 60 * 1000;

/** What a person has written down of a rate so far. */
export interface RateDraft {
  readonly give: CurrencyId | undefined;
  readonly get: CurrencyId | undefined;
  readonly denominator: number | undefined;
  readonly numerator: number | undefined;
  readonly max: number | undefined;
  /** The last day on which it holds, as a date field writes it. */
  readonly until: string;
}

/** What a form begins with: the rate that is edited, or a new one for a week. */
export function draftOf(edited: OwnRate | undefined, now = Date.now()): RateDraft {
  return {
    give: edited?.give,
    get: edited?.get,
    denominator: edited?.denominator,
    numerator: edited?.numerator,
    max: edited?.max,
    until: dayOf(edited ? edited.expires * 1000 : now + weekMs),
  };
}

/** The rate that a draft makes; undefined while something is missing, or a currency is given for itself. */
export function rateOf(draft: RateDraft): RateInput | undefined {
  const { give, get, numerator, denominator, max, until } = draft;
  const expires = Math.floor(new Date(`${until}T23:59:59`).getTime() / 1000);
  if (!give || !get || give === get || !Number.isFinite(expires)) return undefined;
  if (!numerator || !denominator || !max) return undefined;
  return {
    ...{ give, get, expires },
    numerator: numerator as Units,
    denominator: denominator as Units,
    max: max as Units,
  };
}

/** The day by the person's own clock. */
function dayOf(at: number): string {
  const day = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
