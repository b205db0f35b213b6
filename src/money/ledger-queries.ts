import { type Amount, add, zero } from '../amount.ts';
import { type Draft, draft, type PeerId } from '../identity/index.ts';
import { type Context, newId } from '../kernel/index.ts';
import { depositsPerAnswerMax } from '../limits.ts';
import { type Problem, problem } from '../problem.ts';
import {
  type CurrencyTerms,
  currencyStatement,
  type Receipt,
  type RequestInput,
  receiptStatement,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import { seconds } from '../time.ts';
import { incomingOf, stateOf, unknownTransfer } from './holds.ts';
import {
  accounts,
  receiptAt,
  receipts,
  supplyOf,
  type TransferState,
  transfers,
} from './ledger-state.ts';

export interface OrderAnswer {
  readonly state: TransferState;
  /** Absent where the hold was voided: a receipt of it proves nothing any more. */
  readonly receipt?: Draft<Receipt>;
  /** For the payer of a hold that settled. */
  readonly preimage?: string;
}

/** A transfer's receipt or its hold's state, for its two parties only (`GET /lcp/v1/transfers/{jti}`). */
export function order(
  ctx: Context,
  from: PeerId,
  { jti }: RequestInput<'order'>,
): Result<OrderAnswer, Problem> {
  const paid = ctx.tx.get(transfers, from, jti);
  const found = paid ?? incomingOf(ctx, from, jti)[0];
  if (!found) return fail(unknownTransfer());
  const state = stateOf(ctx, found);
  return ok({
    state,
    ...(state === 'voided'
      ? {}
      : { receipt: draft(receiptStatement, receiptAt(ctx, found.newest)) }),
    ...(paid?.preimage === undefined ? {} : { preimage: paid.preimage }),
  });
}

export interface OrdersAnswer {
  readonly transfers: readonly Draft<Receipt>[];
  readonly sequence: number;
}

/**
 * The receipts of the caller's own orders after a sequence, oldest first, 500 at most
 * (`GET /lcp/v1/transfers?after=`): what a wallet asks that was restored from a backup.
 */
export function orders(
  ctx: Context,
  from: PeerId,
  { after }: RequestInput<'orders'>,
): OrdersAnswer {
  const found = ctx.tx.scan(receipts, {
    by: 'payer',
    prefix: [from],
    after,
    limit: depositsPerAnswerMax,
  });
  return {
    transfers: found.map(({ payload }) => draft(receiptStatement, payload)),
    sequence: found.at(-1)?.sequence ?? after,
  };
}

export interface SupplyStatement {
  readonly issued: Amount;
  readonly destroyed: Amount;
  readonly sumOfBalances: Amount;
  readonly sumOfHeld: Amount;
  /** Accounts with money, the issuer's aside. */
  readonly holders: number;
}

/** What exists of the own currency and where: issued − destroyed = sumOfBalances + sumOfHeld. */
export function supplyStatement(ctx: Pick<Context, 'tx' | 'self'>): SupplyStatement {
  const { issued, destroyed } = supplyOf(ctx);
  let [sumOfBalances, sumOfHeld, holders] = [zero, zero, 0];
  for (const each of ctx.tx.scan(accounts)) {
    sumOfBalances = add(sumOfBalances, each.balance);
    sumOfHeld = add(sumOfHeld, each.held);
    if (each.account !== ctx.self && each.balance + each.held > 0) holders += 1;
  }
  return { issued, destroyed, sumOfBalances, sumOfHeld, holders };
}

/** Who holds the own currency: its balance, and what its open holds bind. */
export interface Holder {
  readonly peer: PeerId;
  readonly balance: Amount;
  readonly held: Amount;
}

/** Everybody who holds the own currency, the issuer aside, the largest balance first. */
export function holders(ctx: Pick<Context, 'tx' | 'self'>): readonly Holder[] {
  return ctx.tx
    .scan(accounts)
    .filter(({ account, balance, held }) => account !== ctx.self && balance + held > 0)
    .map(({ account, balance, held }) => ({ peer: account, balance, held }))
    .sort((a, b) => b.balance + b.held - (a.balance + a.held));
}

/** What this peer says of its currency (`GET /lcp/v1`); `no-currency` where it issues none. */
export function currencyTerms(ctx: Context): Result<Draft<CurrencyTerms>, Problem> {
  const { issues, endpoints } = ctx.settings;
  if (!issues) return fail(noCurrency());
  const { issued, destroyed } = supplyOf(ctx);
  return ok(
    draft(currencyStatement, {
      iss: ctx.self,
      iat: seconds(ctx.now),
      jti: newId(ctx.chance),
      name: issues.name,
      symbol: issues.symbol,
      decimals: issues.decimals,
      fee: issues.fee,
      queryFee: zero,
      supply: { issued, destroyed },
      features: ['holds'],
      endpoints,
      redeemableFor: issues.redeemableFor,
    }),
  );
}

export function noCurrency(): Problem {
  return problem('no-currency', 'This peer issues no currency of its own.');
}
