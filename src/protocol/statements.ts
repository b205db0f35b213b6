import * as z from 'zod';
import { statementType } from '../identity/index.ts';
import {
  acceptedCurrenciesMax,
  bidBytesMax,
  cardBytesMax,
  contestBytesMax,
  shortStatementBytesMax,
} from '../limits.ts';
import {
  amountField,
  bytes32,
  dealId,
  documentId,
  endpoints,
  feeSchedule,
  label,
  line,
  mediaType,
  name,
  note,
  peerId,
  positiveAmount,
  randomId,
  sequence,
  sizeBytes,
  title,
  transactionId,
  unixSeconds,
} from './fields.ts';

/** The kinds of statements of protocol 1. Unknown members are refused. */

const signed = { iss: peerId, iat: unixSeconds, jti: randomId };

/** Where a currency's issuer answers and what a solicitation paid in it costs. */
export const acceptedCurrency = z.strictObject({
  currency: peerId,
  endpoints,
  solicitationFee: amountField,
});
export type AcceptedCurrency = z.infer<typeof acceptedCurrency>;

const card = z
  .strictObject({
    ...signed,
    name,
    sequence,
    endpoints,
    /** Of the signer: a currency is named by its issuer's key. */
    issues: peerId.optional(),
    accepts: z.array(acceptedCurrency).max(acceptedCurrenciesMax),
  })
  .refine(({ iss, issues }) => issues === undefined || issues === iss, {
    path: ['issues'],
    message: 'is the currency of another key',
  });
export type Card = z.infer<typeof card>;
export const cardStatement = statementType('souk-card', card, cardBytesMax);

const currency = z.strictObject({
  ...signed,
  name,
  symbol: label(8),
  decimals: z.number().int().min(0).max(6),
  fee: feeSchedule,
  queryFee: amountField,
  supply: z.strictObject({ issued: amountField, destroyed: amountField }),
  features: z.array(line(32)).max(16),
  endpoints,
  redeemableFor: line(500),
});
export type CurrencyTerms = z.infer<typeof currency>;
export const currencyStatement = statementType('souk-currency', currency);

const transfer = z.strictObject({
  ...signed,
  aud: peerId,
  payee: peerId,
  amount: positiveAmount,
  transactionId,
  maxFee: amountField,
  exp: unixSeconds,
  hold: z.strictObject({ sha256: bytes32, expires: unixSeconds }).optional(),
});
/** An order to the issuer `aud`: pay `amount` to `payee`; its `jti` is the request id (protocol 3). */
export type TransferOrder = z.infer<typeof transfer>;
export const transferStatement = statementType('souk-transfer', transfer, shortStatementBytesMax);

const receipt = z.strictObject({
  ...signed,
  payer: peerId,
  payee: peerId,
  amount: positiveAmount,
  fee: amountField,
  transactionId,
  order: randomId,
  sequence,
  state: z.enum(['settled', 'held']),
  hold: z.strictObject({ sha256: bytes32, expires: unixSeconds }).optional(),
});
/** The issuer's word that a transfer happened, or is held: the proof of payment (protocol 3). */
export type Receipt = z.infer<typeof receipt>;
export const receiptStatement = statementType('souk-receipt', receipt, shortStatementBytesMax);

const bid = z.strictObject({
  ...signed,
  sub: documentId,
  solicitation: randomId,
  currency: peerId,
  price: amountField,
  title,
  size: sizeBytes,
  mediaType,
  exp: unixSeconds,
  /** May be accepted against the key (docs/protocol.md 9). */
  sealed: z.literal(true).exactOptional(),
});
export type Bid = z.infer<typeof bid>;
export const bidStatement = statementType('souk-bid', bid, bidBytesMax);

const instructions = z.strictObject({
  ...signed,
  sub: documentId,
  size: sizeBytes,
  endpoints,
  accessKey: bytes32,
  card: z.string().max(cardBytesMax),
  exp: unixSeconds,
  /** The encrypted document, and the hash of its key. */
  sealed: z.strictObject({ documentId, sha256: bytes32 }).exactOptional(),
});
export type Instructions = z.infer<typeof instructions>;
export const instructionsStatement = statementType('souk-instructions', instructions);

const delivery = z.strictObject({
  ...signed,
  aud: peerId,
  sub: documentId,
  deal: dealId,
});
/** The buyer's word to the serving peer `aud` that the document arrived whole (protocol 6). */
export type Delivery = z.infer<typeof delivery>;
export const deliveryStatement = statementType('souk-delivery', delivery, shortStatementBytesMax);

export const contestReason = z.enum(['not-delivered', 'corrupt', 'not-as-described']);
export type ContestReason = z.infer<typeof contestReason>;

const contest = z.strictObject({
  ...signed,
  aud: peerId,
  deal: dealId,
  reason: contestReason,
  note,
});
/** The buyer's word to the seller `aud` that a deal did not go well, and why (protocol 7). */
export type Contest = z.infer<typeof contest>;
export const contestStatement = statementType('souk-contest', contest, contestBytesMax);
