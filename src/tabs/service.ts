import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import { type Problem, problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { fail, type Result } from '../result.ts';
import { takePresentedReceipt } from './payment.ts';
import { entriesOf, tabView } from './tab.ts';

/** `GET /market/v1/tabs/{currency}`: the caller's own tab and the entries after the n-th (protocol 4). */
export function showTab(ctx: Context, from: PeerId, { currency, after }: RequestInput<'tab'>) {
  return { tab: tabView(ctx, from, currency), entries: entriesOf(ctx, from, currency, after) };
}

/**
 * `POST /market/v1/tabs/{currency}/payments`: `confirm` where the issuer has to be asked first; otherwise
 * the fact `receipt-taken` answers, after the payment was entered.
 */
export function takePayment(
  ctx: Context,
  exchange: string,
  from: PeerId,
  { currency, receipt }: RequestInput<'payTab'>,
): Result<'credited' | 'confirm', Problem> {
  if (receipt.payload.iss !== currency)
    return fail(problem('bad-request', 'This receipt is of another currency.'));
  const taken = takePresentedReceipt(ctx, from, receipt);
  if (taken.ok && taken.value === 'credited')
    ctx.fact({ kind: 'receipt-taken', exchange, peer: from, currency });
  return taken;
}
