import type { CurrencyId } from '../identity/index.ts';
import { type CallPurpose, type Context, type Outcome, settleCall } from '../kernel/index.ts';
import { askForTerms, takeCurrencyTerms } from './currencies.ts';
import { askForOrders, poll, takeDeposits, takeOrdersSince } from './deposits.ts';
import { takeHoldState } from './hold-looks.ts';
import { takeHoldAnswer } from './incoming-holds.ts';
import { takeOrderAnswer } from './orders.ts';
import type { MoneyRules } from './rules.ts';
import { currencies, followedCurrency, updateCurrency } from './wallet-state.ts';

/** The calls that the wallet makes, and whose answers it takes. */
export type WalletPurpose = Extract<
  CallPurpose,
  { readonly kind: (typeof walletPurposes)[number] }
>;

const walletPurposes = [
  'currency-terms',
  'order',
  'deposits',
  'orders-since',
  'hold-state',
  'claim-hold',
  'release-hold',
] as const;

export function isWalletPurpose(purpose: CallPurpose): purpose is WalletPurpose {
  return (walletPurposes as readonly string[]).includes(purpose.kind);
}

/**
 * Follows a currency from now on, also one that was forgotten: learns its terms, then its deposits by long
 * poll. Again: takes the endpoints. The own currency needs none of it.
 */
export function addCurrency(
  ctx: Context,
  { currency, endpoints }: { readonly currency: CurrencyId; readonly endpoints: readonly string[] },
): void {
  if (currency === ctx.self) return;
  const known = ctx.tx.get(currencies, currency);
  if (known) {
    const { forgotten, ...rest } = known;
    if (endpoints.length > 0 || forgotten) {
      ctx.tx.put(currencies, {
        ...rest,
        endpoints: endpoints.length > 0 ? endpoints : rest.endpoints,
      });
    }
    if (forgotten) follow(ctx, currency);
    return;
  }
  ctx.tx.put(currencies, {
    currency,
    endpoints,
    depositCursor: 0,
    ordersCursor: 0,
    state: 'connecting',
    failures: 0,
    quiet: true,
    rechecked: false,
  });
  poll(ctx, currency);
}

/**
 * At every start of the peer: follows the currencies it accepts and all that it knew, and asks which of
 * its orders happened, for its state may be older than the issuer's.
 */
export function startWallet(ctx: Context): void {
  const known = ctx.tx.scan(currencies);
  for (const { currency } of known) {
    if (followedCurrency(ctx, currency)) follow(ctx, currency);
  }
  for (const accepted of ctx.settings.accepts) addCurrency(ctx, accepted);
}

/** Asks for everything that may have happened meanwhile; what was asked before is answered to nobody. */
function follow(ctx: Context, currency: CurrencyId): void {
  updateCurrency(ctx, currency, { state: 'connecting', rechecked: false });
  askForTerms(ctx, currency);
  askForOrders(ctx, currency);
  poll(ctx, currency);
}

/**
 * Takes the outcome of one of the wallet's calls in, and settles the call in the outbox. An outcome that
 * is no answer changes nothing but when it is asked again.
 */
export function takeWalletOutcome(
  ctx: Context,
  { id, purpose }: { readonly id: string; readonly purpose: WalletPurpose },
  outcome: Outcome,
  rules: MoneyRules,
): void {
  if (purpose.kind === 'deposits') {
    takeDeposits(ctx, { id, currency: purpose.currency }, outcome, rules);
    return;
  }
  if (purpose.kind === 'hold-state') return takeHoldState(ctx, purpose, outcome, rules);
  settleCall(ctx, id, outcome);
  if (outcome.kind === 'unreachable' || (outcome.kind === 'refused' && outcome.retryable)) return;
  switch (purpose.kind) {
    case 'currency-terms':
      return takeCurrencyTerms(ctx, purpose.currency, outcome);
    case 'order':
      return takeOrderAnswer(ctx, purpose, outcome, rules);
    case 'orders-since':
      return takeOrdersSince(ctx, purpose.currency, outcome, rules);
    case 'claim-hold':
    case 'release-hold':
      return takeHoldAnswer(ctx, purpose, outcome, rules);
  }
}
