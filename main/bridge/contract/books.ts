import * as z from 'zod';
import { peerId } from '../../../src/protocol/index.ts';
import { day, method, nothing, signedAmount } from './fields.ts';

const earningKind = z.enum(['sales', 'commissions', 'solicitation-fees', 'transfer-fees']);

const spendingKind = z.enum([
  'purchases',
  'solicitation-fees',
  'transfer-fees',
  'gifts',
  'corrections',
]);

const query = z.strictObject({ from: day, to: day, currency: peerId.exactOptional() });

/** What moved by day, currency, kind and the other side, and its sums. */
const flowMethod = <K extends z.ZodType<string>>(kind: K) =>
  method(
    query,
    z.object({
      rows: z.array(
        z.object({ day, currency: peerId, kind, peer: peerId.optional(), amount: signedAmount }),
      ),
      totals: z.array(z.object({ currency: peerId, kind, amount: signedAmount })),
    }),
  );

/** Questions to the journal: what was earned and spent, and whether the books are right. */
export const bookMethods = {
  /** By UTC day, both included. A commission belongs to a pair: from `peer`, to `via`. */
  'earnings.get': method(
    query,
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
  /** As `earnings.get`, of what this peer was given: it is not earned. */
  'gifts.get': flowMethod(z.literal('gifts')),
  /** As `earnings.get`, of what exchanges brought (positive) and took: the other side of each stands in another currency. */
  'exchanges.get': flowMethod(z.literal('exchanges')),
  /** As `earnings.get`, of what this peer spent on itself: purchases are its own, without those made for others. */
  'spending.get': flowMethod(spendingKind),
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
