import * as z from 'zod';
import { peerId } from '../../../src/protocol/index.ts';
import { day, method, nothing, signedAmount } from './fields.ts';

const earningKind = z.enum(['sales', 'commissions', 'solicitation-fees', 'transfer-fees', 'gifts']);

/** Questions to the journal: what was earned, and whether the books are right. */
export const bookMethods = {
  /** By UTC day, both included. A commission belongs to a pair: from `peer`, to `via`. */
  'earnings.get': method(
    z.strictObject({ from: day, to: day, currency: peerId.exactOptional() }),
    z.object({
      rows: z.array(
        z.object({
          day,
          currency: peerId,
          kind: earningKind,
          peer: peerId.optional(),
          via: peerId.optional(),
          amount: signedAmount,
        }),
      ),
      totals: z.array(z.object({ currency: peerId, kind: earningKind, amount: signedAmount })),
    }),
  ),
  /** Adds every account of every currency up: each currency sums to zero, or the books are wrong. */
  'journal.check': method(
    nothing,
    z.object({
      balanced: z.boolean(),
      currencies: z.array(
        z.object({
          currency: peerId,
          sum: signedAmount,
          accounts: z.array(z.object({ account: z.string(), balance: signedAmount })),
        }),
      ),
    }),
  ),
} as const;
