import type { PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { Problem } from '../problem.ts';
import type { RequestInput } from '../protocol/index.ts';
import { ok, type Result } from '../result.ts';
import { takePresentedReceipt } from './payment.ts';
import { entriesOf, tabView } from './tab.ts';

/** `GET /market/v1/tabs/{currency}`: the caller's own tab and the entries after the n-th (protocol 4). */
export function showTab(ctx: Context, from: PeerId, { currency, after }: RequestInput<'tab'>) {
  return { tab: tabView(ctx, from, currency), entries: entriesOf(ctx, from, currency, after) };
}

/** `POST /market/v1/tabs/{currency}/payments`: `confirm` where the issuer has to be asked first. */
export function takePayment(
  ctx: Context,
  from: PeerId,
  { currency, receipt }: RequestInput<'payTab'>,
): Result<'confirm' | { readonly tab: ReturnType<typeof tabView> }, Problem> {
  const taken = takePresentedReceipt(ctx, from, receipt);
  if (!taken.ok) return taken;
  return ok(taken.value === 'confirm' ? 'confirm' : { tab: tabView(ctx, from, currency) });
}
