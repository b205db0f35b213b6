import * as z from 'zod';
import type { Opened, StatementPayload, StatementType } from '../identity/index.ts';
import {
  acceptanceWaitMsMax,
  acceptanceWaitMsMin,
  depositWaitMsMax,
  requestBytesMax,
  requestTimeoutMs,
  solicitationBudgetMsMax,
  solicitationBudgetMsMin,
  solicitationBytesMax,
  statementsAnswerBytesMax,
} from '../limits.ts';
import { tabView } from './answers.ts';
import {
  amountField,
  bytes32,
  dealId,
  note,
  peerId,
  positiveAmount,
  query,
  randomId,
  sequence,
  unixSeconds,
} from './fields.ts';
import {
  type Bid,
  bidStatement,
  type Card,
  type Contest,
  cardStatement,
  contestStatement,
  type Delivery,
  deliveryStatement,
  instructionsStatement,
  type Receipt,
  receiptStatement,
  type TransferOrder,
  transferStatement,
} from './statements.ts';

/**
 * The routes of protocol 3 to 8 as data: the server, the client and the simulated network read this one
 * table. A route's body is a JSON object; the members named in `statements` are opened at the door.
 */
export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Express syntax; parameters are checked by `params`. */
  readonly path: string;
  readonly params?: z.ZodType<Record<string, string>>;
  /** Query parameters, as they come: texts. */
  readonly search?: z.ZodType;
  readonly body?: z.ZodType;
  readonly bodyBytesMax: number;
  readonly statements?: Readonly<Record<string, StatementType<StatementPayload>>>;
  /** The answer is NDJSON lines, the last of them `{end}`. */
  readonly streams?: true;
  /** The caller presents `Authorization: Bearer <access key>` (protocol 6). */
  readonly bearer?: true;
  /** How long the caller waits for the answer. */
  readonly timeoutMs: number;
  /** How long an answer may be, where it is not `answerBytesMax`. */
  readonly answerBytesMax?: number;
}

const statementText = z.string().min(1);
const wholeNumber = z
  .string()
  .regex(/^\d{1,16}$/)
  .transform(Number)
  .pipe(sequence);

const exchangeFields = {
  id: randomId,
  /** What the caller gives, how much of it, what it gets for that, and how much at least. */
  give: peerId,
  get: peerId,
  amount: positiveAmount,
  least: positiveAmount.optional(),
};

const get = { method: 'GET', bodyBytesMax: 0, timeoutMs: requestTimeoutMs } as const;
const post = {
  method: 'POST',
  bodyBytesMax: requestBytesMax,
  timeoutMs: requestTimeoutMs,
} as const;

export const routes = {
  // LCP (protocol 3)
  currency: { ...get, path: '/lcp/v1' },
  transfer: {
    ...post,
    path: '/lcp/v1/transfers',
    body: z.strictObject({ order: statementText }),
    statements: { order: transferStatement },
  },
  deposits: {
    ...get,
    path: '/lcp/v1/deposits',
    search: z.strictObject({
      after: wholeNumber.default(0),
      waitMs: wholeNumber.pipe(z.number().max(depositWaitMsMax)).default(0),
    }),
    timeoutMs: depositWaitMsMax + requestTimeoutMs,
    answerBytesMax: statementsAnswerBytesMax,
  },
  account: { ...get, path: '/lcp/v1/account' },
  orders: {
    ...get,
    path: '/lcp/v1/transfers',
    search: z.strictObject({ after: wholeNumber.default(0) }),
    answerBytesMax: statementsAnswerBytesMax,
  },
  order: { ...get, path: '/lcp/v1/transfers/:jti', params: z.strictObject({ jti: randomId }) },
  fulfilHold: {
    ...post,
    path: '/lcp/v1/holds/:jti/fulfilment',
    params: z.strictObject({ jti: randomId }),
    body: z.strictObject({ preimage: bytes32 }),
  },
  voidHold: {
    ...get,
    method: 'DELETE',
    path: '/lcp/v1/holds/:jti',
    params: z.strictObject({ jti: randomId }),
  },
  // Cards, terms and tabs (protocol 4)
  card: { ...get, path: '/market/v1/card' },
  introduce: {
    ...post,
    path: '/market/v1/introductions',
    body: z.strictObject({ card: statementText, note: note.default('') }),
    statements: { card: cardStatement },
  },
  terms: { ...get, path: '/market/v1/terms' },
  tab: {
    ...get,
    path: '/market/v1/tabs/:currency',
    params: z.strictObject({ currency: peerId }),
    search: z.strictObject({ after: wholeNumber.default(0) }),
  },
  payTab: {
    ...post,
    path: '/market/v1/tabs/:currency/payments',
    params: z.strictObject({ currency: peerId }),
    body: z.strictObject({ receipt: statementText }),
    statements: { receipt: receiptStatement },
  },
  // Exchange (protocol 8)
  rates: { ...get, path: '/market/v1/exchange' },
  exchange: {
    ...post,
    path: '/market/v1/exchange',
    body: z.strictObject({
      ...exchangeFields,
      /** Shown once the caller has entered its side: its own half of the tab in `get`. */
      tab: tabView.strict().optional(),
    }),
  },
  swap: {
    ...post,
    path: '/market/v1/swaps',
    body: z.strictObject({ ...exchangeFields, sha256: bytes32, expires: unixSeconds }),
  },
  // The market (protocol 5, 6)
  solicit: {
    ...post,
    path: '/market/v1/solicitations',
    body: z.strictObject({
      id: randomId,
      query,
      currency: peerId,
      maxPrice: amountField,
      budgetMs: z.number().int().min(solicitationBudgetMsMin).max(solicitationBudgetMsMax),
    }),
    bodyBytesMax: solicitationBytesMax,
    streams: true,
    timeoutMs: solicitationBudgetMsMax + requestTimeoutMs,
    answerBytesMax: statementsAnswerBytesMax,
  },
  accept: {
    ...post,
    path: '/market/v1/acceptances',
    body: z.strictObject({
      bid: statementText,
      deal: dealId,
      receipt: statementText.optional(),
      sealed: z.literal(true).exactOptional(),
      /** How long the buyer waits for an answer. */
      withinMs: z.number().int().min(acceptanceWaitMsMin).max(acceptanceWaitMsMax).exactOptional(),
    }),
    statements: { bid: bidStatement, receipt: receiptStatement },
    timeoutMs: 90_000,
  },
  // Contested deals (protocol 7)
  contest: {
    ...post,
    path: '/market/v1/contests',
    body: z.strictObject({
      contest: statementText,
      evidence: statementText.optional(),
      /** Of a sealed deal: what was promised, revealed and paid; the receiver has its own bid. */
      instructions: statementText.optional(),
      key: bytes32.optional(),
      hold: statementText.optional(),
    }),
    statements: {
      contest: contestStatement,
      evidence: contestStatement,
      instructions: instructionsStatement,
      hold: receiptStatement,
    },
  },
  showDelivery: {
    ...post,
    path: '/market/v1/contests/:deal/deliveries',
    params: z.strictObject({ deal: dealId }),
    body: z.strictObject({ delivery: statementText }),
    statements: { delivery: deliveryStatement },
  },
  // Documents (protocol 6)
  open: {
    ...post,
    path: '/documents/v1/openings',
    body: z.strictObject({ accessKey: bytes32, card: statementText }),
    statements: { card: cardStatement },
  },
  deliver: {
    ...post,
    path: '/documents/v1/deliveries',
    body: z.strictObject({ delivery: statementText }),
    statements: { delivery: deliveryStatement },
    bearer: true,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;

type Known<T> = T extends z.ZodType<infer Output> ? Output : Record<never, never>;
type Flat<T> = { [K in keyof T]: T[K] };
type ParamsOf<N extends RouteName> = (typeof routes)[N] extends { params: infer S }
  ? Known<S>
  : Record<never, never>;
type SearchOf<N extends RouteName> = (typeof routes)[N] extends { search: infer S }
  ? Known<S>
  : Record<never, never>;
type BodyOf<N extends RouteName> = (typeof routes)[N] extends { body: infer S }
  ? Known<S>
  : Record<never, never>;
type StatementsOf<N extends RouteName> = (typeof routes)[N] extends { statements: infer S }
  ? S
  : Record<never, never>;
type Open<B, S> = {
  [K in keyof B]: K extends keyof S
    ? S[K] extends StatementType<infer P>
      ? undefined extends B[K]
        ? Opened<P> | undefined
        : Opened<P>
      : never
    : B[K];
};

/** What a handler receives: parameters, query and body checked, statements opened. */
export type RequestInput<N extends RouteName> = Flat<
  ParamsOf<N> & SearchOf<N> & Open<BodyOf<N>, StatementsOf<N>>
>;

/** A request of one peer to another, parsed: the input of the core and what the network carries. */
export type PeerRequest = {
  [N in RouteName]: {
    readonly route: N;
    readonly input: RequestInput<N>;
    readonly bearer?: string;
  };
}[RouteName];

/** A request as it leaves this peer: statements still texts or drafts, to be signed on the way. */
export interface OutgoingRequest {
  readonly route: RouteName;
  readonly params?: Readonly<Record<string, string>>;
  readonly search?: Readonly<Record<string, string | number>>;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly bearer?: string;
}

export type { Bid, Card, Contest, Delivery, Receipt, TransferOrder };
