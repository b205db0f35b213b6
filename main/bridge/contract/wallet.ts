import * as z from 'zod';
import { acceptedCurrenciesMax } from '../../../src/limits.ts';
import {
  amountField,
  endpoints,
  feeSchedule,
  line,
  name,
  note,
  peerId,
  positiveAmount,
  randomId,
  tabEntryKinds,
  transactionId,
} from '../../../src/protocol/index.ts';
import {
  command,
  count,
  decimals,
  limit,
  method,
  milliseconds,
  nothing,
  offset,
  problemField,
  signedAmount,
  symbol,
} from './fields.ts';

const currencyView = z.object({
  currency: peerId,
  own: z.boolean(),
  /** Absent until the issuer told its terms. */
  name: z.string().optional(),
  symbol: z.string().optional(),
  decimals,
  fee: feeSchedule.optional(),
  redeemableFor: z.string().optional(),
  balance: signedAmount,
  ordered: signedAmount,
  held: signedAmount,
  /** Held for this peer by others: `wallet.incoming` tells of each. */
  arriving: signedAmount,
  tabsOwedToUs: signedAmount,
  tabsWeOwe: signedAmount,
  inTransit: signedAmount,
  spendable: signedAmount,
  outstanding: signedAmount,
  state: z.enum(['connecting', 'ready', 'trouble']),
  trouble: problemField.optional(),
  /** The issuer's balance is not that of the books. */
  discrepancy: z
    .object({ books: signedAmount, issuer: amountField, since: milliseconds })
    .optional(),
  lastSeenAt: milliseconds.optional(),
});

/** Why money moved. */
const cause = z.object({
  kind: z.string(),
  peer: peerId.optional(),
  via: peerId.optional(),
  deal: z.string().optional(),
  reference: z.string().optional(),
  reason: z.string(),
});

const posting = z.object({ account: z.string(), amount: signedAmount });

const sides = {
  money: signedAmount,
  claims: signedAmount,
  issued: signedAmount,
};

const statementRow = z.object({
  id: count,
  at: milliseconds,
  currency: peerId,
  cause,
  ...sides,
  result: signedAmount,
  /** What stood on each side after this row. */
  after: z.object(sides),
  postings: z.array(posting),
});

const walletOrder = z.object({
  currency: peerId,
  order: randomId,
  payee: peerId,
  amount: amountField,
  maxFee: amountField,
  fee: amountField.optional(),
  transactionId,
  purpose: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('tab'), peer: peerId }),
    z.object({ kind: z.literal('gift'), note: z.string() }),
    z.object({
      kind: z.literal('hold'),
      use: z.enum(['exchange', 'delivery']),
      peer: peerId,
      reference: z.string(),
    }),
  ]),
  at: milliseconds,
  /** With a hold `held` lies between: bound at the issuer until it settles, or goes back as `voided`. */
  state: z.enum(['ordered', 'held', 'settled', 'refused', 'voided']),
  hold: z.object({ sha256: z.string(), expires: z.number().int() }).optional(),
  receipt: z.string().optional(),
  problem: problemField.optional(),
});

const tab = z.object({
  peer: peerId,
  currency: peerId,
  /** This peer's half: what the other was charged here and has not paid. */
  owedToUs: signedAmount,
  /** The other's half, as it counts: what this peer was charged there and has not paid. */
  weOwe: signedAmount,
  /** The part of `weOwe` that this peer cannot explain. */
  disputed: signedAmount,
  /** What the other owes, and what this peer owes, by sign: what a half was refunded is owed by its other side. */
  claim: amountField,
  debt: amountField,
  /** What this peer owes over both halves, payments on their way taken off. */
  netOwed: signedAmount,
  /** What the other may owe here, and what this peer may owe there. */
  creditLimit: amountField,
  theirCreditLimit: amountField.optional(),
  /** A payment of this peer's is on its way. */
  paying: amountField.optional(),
});

const tabEntry = z.object({
  n: count,
  at: milliseconds,
  kind: z.enum(tabEntryKinds),
  amount: signedAmount,
  reference: z.string(),
});

const discrepancy = z.object({
  peer: peerId,
  currency: peerId,
  at: milliseconds,
  detail: z.string(),
});

const ordered = z.object({ order: randomId, amount: amountField });

/** Money: currencies, orders, tabs and the currency that this peer issues (protocol 3, 4). */
export const walletMethods = {
  /** What the wallet follows; and what it followed once, of which deals and journal still speak. */
  'wallet.list': method(
    nothing,
    z.object({ currencies: z.array(currencyView), forgotten: z.array(currencyView) }),
  ),
  /** The journal of a currency, newest first, each row with its cause; rows never change. */
  'wallet.statement': method(
    z.strictObject({
      currency: peerId,
      limit,
      /** Only rows older than this one, and only rows newer than this one. */
      before: count.exactOptional(),
      since: count.exactOptional(),
    }),
    z.object({ rows: z.array(statementRow), before: count.optional() }),
  ),
  /** What a payment would cost. `unknown-currency`, `unavailable` where the fee is not known yet. */
  'wallet.quote': method(
    z.strictObject({ currency: peerId, amount: amountField }),
    z.object({ fee: amountField, total: signedAmount, balance: signedAmount }),
  ),
  /** Pays somebody outside of any tab. Says what `pay` of the wallet says where nothing moved. */
  'wallet.send': command(
    z.strictObject({
      currency: peerId,
      payee: peerId,
      amount: positiveAmount,
      /** As the payee made it; one is made where it gave none. */
      transactionId: transactionId.exactOptional(),
      note: note.default(''),
      /** Drawn by the caller: said again, as after an answer that was lost, it is the same payment. */
      order: randomId.exactOptional(),
    }),
    ordered,
  ),
  /** What a payer has to know. The transaction id is new; the payment comes as an event `money`. */
  'wallet.receive': method(
    z.strictObject({ currency: peerId }),
    z.object({ payee: peerId, currency: peerId, endpoints, transactionId }),
  ),
  'wallet.orders': method(
    z.strictObject({ currency: peerId, limit, before: milliseconds.exactOptional() }),
    z.object({ orders: z.array(walletOrder) }),
  ),
  /** The holds for this peer that stand at the issuer, whichever ends first before the others. */
  'wallet.incoming': method(
    z.strictObject({ currency: peerId }),
    z.object({
      holds: z.array(
        z.object({ payer: peerId, order: z.string(), amount: amountField, endsAt: milliseconds }),
      ),
    }),
  ),
  /** Follows a currency. Its issuer's endpoints may be left out where a card of its issuer is known. */
  'wallet.addCurrency': command(
    z.strictObject({ currency: peerId, endpoints: endpoints.exactOptional() }),
    nothing,
  ),
  /**
   * Does not follow a currency any more, nor takes it. `unavailable` while money, a tab or a payment is in it,
   * unless that is to be left behind; `wallet.addCurrency` takes it up again.
   */
  'wallet.forget': command(
    z.strictObject({ currency: peerId, leaveMoney: z.boolean().default(false) }),
    nothing,
  ),
  'tabs.list': method(
    z.strictObject({ peer: peerId.exactOptional(), limit, offset }),
    z.object({ total: count, tabs: z.array(tab) }),
  ),
  /** The entries of this peer's half after the n-th, oldest first. */
  'tabs.entries': method(
    z.strictObject({ peer: peerId, currency: peerId, after: count.default(0) }),
    z.object({ entries: z.array(tabEntry) }),
  ),
  /** Pays what is owed on a tab now. `bad-request` where nothing is, else as `wallet.send`. */
  'tabs.settle': command(z.strictObject({ peer: peerId, currency: peerId }), ordered),
  /** Takes what this peer disputed on a tab for owed after all. `bad-request` where nothing is. */
  'tabs.accept': command(
    z.strictObject({ peer: peerId, currency: peerId }),
    z.object({ amount: signedAmount }),
  ),
  /** What peers wrote on their halves that this peer cannot explain. */
  'tabs.discrepancies': method(
    z.strictObject({ limit, offset }),
    z.object({ total: count, discrepancies: z.array(discrepancy) }),
  ),
  /** Issues a currency of one's own. `bad-request` where there is one with other decimals in use. */
  'currency.create': command(
    z.strictObject({
      name,
      symbol,
      decimals: decimals.default(0),
      fee: feeSchedule.exactOptional(),
      redeemableFor: line(500).exactOptional(),
      solicitationFee: amountField.exactOptional(),
    }),
    z.object({ currency: peerId }),
  ),
  /** What exists of the own currency: issued − destroyed = balances + held. `no-currency`. */
  'currency.statement': method(
    nothing,
    z.object({
      currency: peerId,
      name,
      symbol,
      decimals,
      fee: feeSchedule,
      redeemableFor: z.string(),
      issued: amountField,
      destroyed: amountField,
      sumOfBalances: amountField,
      sumOfHeld: amountField,
      holders: count,
      /** The fees of others' transfers: every one is destroyed, and is this peer's income. */
      feesCollected: signedAmount,
      /** The signed statement, as anybody can ask for it (protocol 3). */
      statement: z.string(),
    }),
  ),
  /** Who holds the own currency, the largest balance first. */
  'currency.holders': method(
    z.strictObject({ limit, offset }),
    z.object({
      total: count,
      holders: z.array(z.object({ peer: peerId, balance: amountField, held: amountField })),
    }),
  ),
  /** Pays in the own currency, which creates it: as a gift, or on the tab of a peer. `no-currency`. */
  'currency.issue': command(
    z.strictObject({
      payee: peerId,
      amount: positiveAmount,
      as: z.enum(['gift', 'tab']).default('gift'),
      note: note.default(''),
    }),
    ordered,
  ),
  /** Takes payment in a currency from now on, and follows it. */
  'currency.accept': command(
    z.strictObject({
      currency: peerId,
      endpoints: endpoints.exactOptional(),
      solicitationFee: amountField.default(1 as z.output<typeof amountField>),
    }),
    z.object({ accepts: z.array(peerId).max(acceptedCurrenciesMax) }),
  ),
  /** Takes it no more; what this peer has of it stays in the wallet. */
  'currency.refuse': command(
    z.strictObject({ currency: peerId }),
    z.object({ accepts: z.array(peerId) }),
  ),
} as const;
