import { balances } from '../books/index.ts';
import type { CurrencyId } from '../identity/index.ts';
import { type Context, withdrawCall } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, ok, type Result } from '../result.ts';
import { currencies } from './wallet-state.ts';

/**
 * Stops following a currency: its issuer is asked nothing any more, the wallet leaves it out. The journal keeps
 * its rows and what is known of its name; `addCurrency` takes it up again, with what came meanwhile, and so does
 * a start or a change of settings that still take it. Refused: `unknown-currency`, and `unavailable` while
 * there is a balance, tab or order in it, unless that is to be left behind. An order under way stays so: the
 * issuer is asked until it answers.
 */
export function forgetCurrency(
  ctx: Context,
  currency: CurrencyId,
  { leaveMoney }: { readonly leaveMoney: boolean },
): Result<void, Problem> {
  const known = ctx.tx.get(currencies, currency);
  if (!known || known.forgotten) {
    return fail(problem('unknown-currency', 'The wallet does not follow this currency.'));
  }
  if (!leaveMoney && hasMoney(ctx, currency)) {
    const detail = 'There is a balance, a tab or a payment under way in this currency.';
    return fail(problem('unavailable', detail));
  }
  for (const call of [known.termsCall, known.ordersCall]) {
    if (call !== undefined) withdrawCall(ctx, call);
  }
  if (known.poll) ctx.effect({ kind: 'hang-up', callId: known.poll.call });
  const { poll: _, termsCall: _terms, ordersCall: _orders, discrepancy: _told, ...rest } = known;
  ctx.tx.put(currencies, { ...rest, forgotten: true });
  ctx.effect({ kind: 'event', event: { type: 'money', currency, cause: 'forgotten' } });
  return ok(undefined);
}

/** Whether something stands in the books beside income and expenses, which are the past. */
function hasMoney(ctx: Pick<Context, 'tx'>, currency: CurrencyId): boolean {
  return [...balances(ctx, currency)].some(
    ([account, balance]) => balance !== 0 && /^(assets|liabilities):/.test(account),
  );
}
