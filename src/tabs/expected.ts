import { type Amount, zero } from '../amount.ts';
import type { Account, Cause } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Context } from '../kernel/index.ts';
import type { TabEntryView } from '../protocol/index.ts';
import { collection } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';

/** A charge or payment that is about to appear on a tab: known before the request that causes it. */
export interface Expected {
  readonly peer: PeerId;
  readonly currency: CurrencyId;
  readonly kind: 'solicitation' | 'purchase' | 'payment' | 'exchange';
  readonly reference: string;
  /** The most that may be charged for a solicitation; of all else exactly this. */
  readonly amount: Amount;
  readonly counter: Account;
  readonly cause: Cause;
  readonly state: 'expected' | 'entered';
  readonly since: Milliseconds;
}

const expectedEntries = collection<Expected>()(
  'expectedEntries',
  ['peer', 'currency', 'kind', 'reference'],
  {
    state: ['state', 'since'],
  },
);

type Reader = Pick<Context, 'tx'>;

/** What is expected and has not been seen, of what was expected at `to` at the latest where that is given. */
export function waitingEntries(reader: Reader, to?: Milliseconds): readonly Expected[] {
  return reader.tx.scan(expectedEntries, {
    by: 'state',
    prefix: ['expected'],
    ...(to === undefined ? {} : { to }),
  });
}

/** What a peer may still put on the tab for what was asked of it: charges that are expected and were not seen. */
export function expectedCharges(reader: Reader, peer: PeerId, currency: CurrencyId): number {
  return waitingEntries(reader)
    .filter((one) => one.peer === peer && one.currency === currency && one.kind !== 'payment')
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** Expects an entry, unless it stands on the tab already. */
export function putExpected(ctx: Context, entry: Omit<Expected, 'state' | 'since'>): void {
  const { peer, currency, kind, reference, amount, counter, cause } = entry;
  if (hasEntered(ctx, peer, currency, entry)) return;
  const [state, since] = ['expected' as const, ctx.now];
  ctx.tx.put(expectedEntries, {
    ...{ peer, currency, kind, reference, amount, counter, cause, state, since },
  });
}

/** What was expected under a reference, entered or not. */
export function expectedEntry(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  { kind, reference }: Pick<Expected, 'kind' | 'reference'>,
): Expected | undefined {
  return reader.tx.get(expectedEntries, peer, currency, kind, reference);
}

/** Whether an entry that was expected stands on the tab. */
export function hasEntered(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  { kind, reference }: Pick<Expected, 'kind' | 'reference'>,
): boolean {
  return expectedEntry(reader, peer, currency, { kind, reference })?.state === 'entered';
}

/** Whether an entry is expected and has not been seen yet. */
export function isExpected(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  { kind, reference }: Pick<Expected, 'kind' | 'reference'>,
): boolean {
  return expectedEntry(reader, peer, currency, { kind, reference })?.state === 'expected';
}

/** The request was refused before it was charged: nothing will appear. */
export function forgetExpected(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  kind: Expected['kind'],
  reference: string,
): void {
  const found = ctx.tx.get(expectedEntries, peer, currency, kind, reference);
  if (found?.state === 'expected') ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
}

/**
 * What explains an entry: a fee that is not above the one in the terms, a purchase or payment of exactly
 * this amount, the refund of a purchase that was entered. Each explains one entry.
 */
export function expectedFor(
  ctx: Context,
  { peer, currency }: Pick<Expected, 'peer' | 'currency'>,
  { kind, amount, reference }: TabEntryView,
): Expected | undefined {
  const found = (of: Expected['kind'], state: Expected['state']) => {
    const expected = ctx.tx.get(expectedEntries, peer, currency, of, reference);
    return expected?.state === state ? expected : undefined;
  };
  switch (kind) {
    case 'solicitation': {
      const expected = found('solicitation', 'expected');
      return expected && amount >= 0 && amount <= expected.amount ? expected : undefined;
    }
    case 'purchase':
    case 'exchange': {
      const expected = found(kind, 'expected');
      return expected?.amount === amount ? expected : undefined;
    }
    case 'payment': {
      const expected = found('payment', 'expected');
      return expected && amount === -expected.amount ? expected : undefined;
    }
    case 'refund': {
      const bought = found('purchase', 'entered');
      return bought && amount === -bought.amount ? bought : undefined;
    }
    case 'correction':
      return undefined;
  }
}

/** Purchases are remembered once entered, for they may be refunded; payments until they are answered. */
export function settleExpected(ctx: Context, expected: Expected, keep: boolean): void {
  const { peer, currency, kind, reference } = expected;
  if (keep) ctx.tx.put(expectedEntries, { ...expected, state: 'entered' });
  else ctx.tx.remove(expectedEntries, peer, currency, kind, reference);
}

/** What a payment on a tab amounts to, seen there or not; 0 once it was answered. */
export function paymentAmount(
  reader: Reader,
  peer: PeerId,
  currency: CurrencyId,
  order: string,
): Amount {
  return reader.tx.get(expectedEntries, peer, currency, 'payment', order)?.amount ?? zero;
}

/** The payment was answered: whether it stands on the tab need not be remembered any more. */
export function forgetPayment(
  ctx: Context,
  peer: PeerId,
  currency: CurrencyId,
  order: string,
): void {
  if (hasEntered(ctx, peer, currency, { kind: 'payment', reference: order }))
    ctx.tx.remove(expectedEntries, peer, currency, 'payment', order);
}
