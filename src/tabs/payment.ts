import { type Cause, owesUs } from '../books/index.ts';
import type { CurrencyId, Opened, PeerId } from '../identity/index.ts';
import { type Context, callOnce, type Outcome } from '../kernel/index.ts';
import { requestTimeoutMs } from '../limits.ts';
import { creditReceipt, hasReceipt, issuerEndpoints, knowsCurrency } from '../money/index.ts';
import { type Problem, problem } from '../problem.ts';
import { answers, type Receipt } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { enterPayment } from './tab.ts';
import { acceptedCurrency, standingOf, tabTransactionId } from './terms.ts';

/** Where a deposit belongs that carries the tab's transaction id: on the payer's tab. */
export function tabOfDeposit(receipt: Receipt) {
  if (receipt.transactionId !== tabTransactionId) return undefined;
  const cause: Cause = {
    kind: 'payment-in',
    peer: receipt.payer,
    reference: receipt.order,
    reason: 'Paid on the tab.',
  };
  return { account: owesUs(receipt.payer), cause };
}

/** Enters a deposit on the payer's tab once the wallet has booked it. */
export function enterDeposit(ctx: Context, receipt: Receipt): void {
  if (receipt.transactionId !== tabTransactionId) return;
  enterPayment(ctx, receipt.payer, receipt.iss, { amount: receipt.amount, order: receipt.order });
}

/**
 * Credits a receipt that a debtor presents, once, whoever brings it first (protocol 4). A neighbor's is
 * taken on the issuer's signature; for a stranger's the issuer is asked first (§2.1): `confirm`.
 */
export function takePresentedReceipt(
  ctx: Context,
  from: PeerId,
  receipt: Opened<Receipt>,
): Result<'credited' | 'confirm', Problem> {
  const { iss: currency, payee, transactionId, state } = receipt.payload;
  if (payee !== ctx.self) return fail(problem('wrong-payee', 'This receipt pays somebody else.'));
  if (state !== 'settled')
    return fail(problem('bad-request', 'A held transfer is no payment yet.'));
  if (transactionId !== tabTransactionId) {
    return fail(
      problem('bad-request', `A payment on a tab has the transaction id "${tabTransactionId}".`),
    );
  }
  if (hasReceipt(ctx, receipt.payload)) return ok('credited');
  if (currency === ctx.self)
    return fail(problem('payment-not-found', 'This peer never made that receipt.'));
  // What an exchange brought is paid in a currency that the wallet follows, be it taken for sales or not.
  if (!acceptedCurrency(ctx, currency) && !knowsCurrency(ctx, currency)) {
    return fail(
      problem(
        'currency-not-accepted',
        'This peer does not accept the currency.',
        alternatives(ctx),
      ),
    );
  }
  if (standingOf(ctx, from) !== 'primary') return ok('confirm');
  creditReceipt(ctx, receipt, tabOfDeposit(receipt.payload));
  return ok('credited');
}

/** Asks the issuer for a transfer that somebody says to have made to this peer. */
export function confirmAtIssuer(
  ctx: Context,
  exchange: string,
  receipt: Opened<Receipt>,
): Result<void, Problem> {
  const { iss: currency, order } = receipt.payload;
  const endpoints =
    issuerEndpoints(ctx, currency) ?? acceptedCurrency(ctx, currency)?.endpoints ?? [];
  if (endpoints.length === 0)
    return fail(problem('unavailable', 'The issuer cannot be asked now.'));
  callOnce(ctx, {
    to: { peer: currency, endpoints },
    request: { route: 'order', params: { jti: order } },
    purpose: { kind: 'confirm-payment', exchange, receipt: receipt.text },
    timeoutMs: requestTimeoutMs,
  });
  return ok(undefined);
}

/** The issuer's word on a presented receipt: credited when it knows the transfer as settled. */
export function takeConfirmation(
  ctx: Context,
  receipt: Opened<Receipt>,
  outcome: Outcome,
): Result<void, Problem> {
  const answer = outcome.kind === 'answered' ? answers.order.safeParse(outcome.body) : undefined;
  if (outcome.kind === 'unreachable' || (outcome.kind === 'refused' && outcome.retryable)) {
    return fail(problem('unavailable', 'The issuer cannot be asked now; the payment is not lost.'));
  }
  if (!answer?.success || answer.data.state !== 'settled') {
    return fail(problem('payment-not-found', 'The issuer does not know this payment.'));
  }
  creditReceipt(ctx, receipt, tabOfDeposit(receipt.payload));
  return ok(undefined);
}

export function alternatives(ctx: Context): { readonly alternatives: readonly CurrencyId[] } {
  const taken = ctx.settings.accepts.map(({ currency }) => currency);
  return { alternatives: ctx.settings.issues ? [ctx.self, ...taken] : taken };
}
