import type { CurrencyId, Opened } from '../identity/index.ts';
import { type Context, callUntilAnswered, isPending, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type CurrencyTerms, currencyStatement } from '../protocol/index.ts';
import { fail, type Result } from '../result.ts';
import { currencies, followedCurrency, updateCurrency } from './wallet-state.ts';

/** Asks an issuer for its terms until it answers, once at a time. */
export function askForTerms(ctx: Context, currency: CurrencyId): void {
  const known = followedCurrency(ctx, currency);
  if (!known || (known.termsCall !== undefined && isPending(ctx, known.termsCall))) return;
  const termsCall = callUntilAnswered(ctx, {
    to: { peer: currency, endpoints: known.endpoints },
    request: { route: 'currency' },
    purpose: { kind: 'currency-terms', currency },
    timeoutMs: requestTimeoutMs,
  });
  updateCurrency(ctx, currency, { termsCall });
}

/** The issuer's terms. New ones let payments go on that waited for them: the fact `funds`. */
export function takeCurrencyTerms(
  ctx: Context,
  currency: CurrencyId,
  outcome: Exclude<Outcome, { kind: 'unreachable' }>,
): void {
  const known = ctx.tx.get(currencies, currency);
  if (!known) return;
  const terms = termsFrom(ctx, currency, outcome);
  if (!terms.ok) {
    updateCurrency(ctx, currency, { state: 'trouble', trouble: terms.error });
    return;
  }
  const { payload, text } = terms.value;
  if (known.terms && payload.iat < known.terms.iat) return;
  updateCurrency(ctx, currency, { terms: payload, termsText: text });
  ctx.fact({ kind: 'funds', currency });
}

function termsFrom(
  ctx: Context,
  currency: CurrencyId,
  outcome: Exclude<Outcome, { kind: 'unreachable' }>,
): Result<Opened<CurrencyTerms>, Problem> {
  if (outcome.kind === 'refused') return fail(outcome.problem);
  const parsed = answers.currency.safeParse(outcome.body);
  if (!parsed.success) return fail(problem('bad-request', "The issuer's answer has no terms."));
  const opened = ctx.open(currencyStatement, parsed.data.currency);
  if (opened.ok && opened.value.payload.iss !== currency) {
    return fail(problem('bad-statement', 'These are the terms of another currency.'));
  }
  return opened;
}
