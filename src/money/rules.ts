import type { Account, Cause } from '../books/index.ts';
import type { Context, PaymentPurpose } from '../kernel/index.ts';
import type { Receipt } from '../protocol/index.ts';

/** The other side of a deposit: where its money comes from in the books, and why. */
export interface Counter {
  readonly account: Account;
  readonly cause: Cause;
}

/** What the wallet cannot know of money that it did not send or ask for: the peer answers it. */
export interface MoneyRules {
  /** Where a deposit belongs; undefined where nobody waits for it: it is a gift. */
  incoming(ctx: Context, receipt: Receipt): Counter | undefined;
  /** What an order was for that the wallet does not remember, as after a restore from a backup. */
  outgoing(ctx: Context, receipt: Receipt): PaymentPurpose;
}
