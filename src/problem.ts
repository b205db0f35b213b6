/**
 * Every refusal Souk can give, by its code. On the wire the code is the problem type
 * `urn:souk:problem:<code>` (RFC 9457, protocol 2); the status is the HTTP status it travels with.
 */
export const problems = {
  // Statements and requests (protocol 1, 2)
  'bad-request': { status: 400, title: 'The request is not well formed' },
  'bad-statement': { status: 400, title: 'The statement is not well formed' },
  'bad-signature': { status: 403, title: 'The signature does not match the signer' },
  'wrong-audience': { status: 403, title: 'The statement is meant for somebody else' },
  'body-too-large': { status: 413, title: 'The request is larger than this route takes' },
  'unsupported-media-type': { status: 415, title: 'This route takes JSON' },
  'request-timeout': { status: 408, title: 'The request did not arrive in time' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'method-not-allowed': { status: 405, title: 'This address does not take that method' },
  'certificate-required': { status: 401, title: 'The caller did not prove its peer id' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  unavailable: { status: 503, title: 'The peer cannot answer now' },
  // LCP (protocol 3)
  'no-currency': { status: 404, title: 'This peer issues no currency' },
  'insufficient-funds': { status: 402, title: 'The balance is too small' },
  'fee-too-high': { status: 412, title: 'The fee is above what the order allows' },
  'order-expired': { status: 410, title: 'The order has expired' },
  'order-id-reused': { status: 409, title: 'Another order has this id' },
  'hold-closed': { status: 409, title: 'The hold is already closed' },
  'wrong-preimage': { status: 403, title: 'The preimage does not match the hold' },
  'unknown-transfer': { status: 404, title: 'No such transfer of the caller' },
  // Tabs (protocol 4)
  'tab-limit': { status: 402, title: 'The tab would pass its limit' },
  'payment-not-found': { status: 404, title: 'The issuer does not know this payment' },
  'wrong-payee': { status: 403, title: 'The payment was made to somebody else' },
  undesirable: { status: 403, title: 'This peer does not trade with the caller' },
  // Exchange (protocol 8)
  'no-rate': { status: 404, title: 'This peer does not exchange these currencies' },
  'rate-expired': { status: 410, title: 'The rate has expired' },
  'rate-changed': { status: 409, title: 'The rate gives less than was asked for' },
  'exchange-limit': { status: 409, title: 'The rate does not hold for so much' },
  'exchange-id-reused': { status: 409, title: 'Another exchange has this id' },
  // Market (protocol 5, 6)
  'currency-not-accepted': { status: 406, title: 'This peer does not accept the currency' },
  'bid-expired': { status: 410, title: 'The bid has expired' },
  'unknown-bid': { status: 404, title: 'This peer did not make that bid' },
  'deal-id-reused': { status: 409, title: 'Another deal has this id' },
  'not-ready': { status: 503, title: 'The seller is still making the document ready' },
  'not-sealed': { status: 409, title: 'The bid does not offer a sealed delivery' },
  'document-in-use': { status: 409, title: 'The document is being sold' },
  'document-gone': { status: 410, title: 'The document is not there any more' },
  'corrupt-document': {
    status: 502,
    title: 'What was delivered is not the document that was bought',
  },
  'supplier-failed': {
    status: 502,
    title: 'The supplier did not deliver; the charge was taken back',
  },
  'contest-too-late': { status: 410, title: 'The time to contest the deal is over' },
  'not-contestable': { status: 409, title: 'The deal cannot be contested' },
  'access-key-taken': { status: 403, title: 'The access key belongs to another peer' },
  'access-key-spent': { status: 410, title: 'The access key has been used or has expired' },
  'range-not-satisfiable': { status: 416, title: 'The document does not have those bytes' },
  'access-key-unknown': { status: 404, title: 'No such access key' },
  // On this machine
  'amount-out-of-range': { status: 400, title: 'The amount is out of range' },
  'unknown-currency': { status: 404, title: 'The wallet does not know this currency' },
  'unknown-neighbor': { status: 404, title: 'No such neighbor' },
  'unknown-document': { status: 404, title: 'No such document' },
  'unknown-deal': { status: 404, title: 'No such deal' },
  'given-up': { status: 410, title: 'The document was given up' },
  unreachable: { status: 504, title: 'The other peer could not be reached' },
  'wrong-peer': { status: 502, title: 'Another key answered at this address' },
  'wrong-passphrase': { status: 403, title: 'The passphrase does not open the key file' },
  'key-file-damaged': { status: 500, title: 'The key file cannot be used' },
  unauthorized: { status: 401, title: 'The caller may not drive this peer' },
  'wrong-origin': { status: 403, title: 'This address answers only its own pages and programs' },
  'no-running-peer': { status: 503, title: 'No peer runs on this data directory' },
  'port-in-use': { status: 409, title: 'Another program uses the port' },
  'data-directory-locked': { status: 409, title: 'Another Souk uses this data directory' },
  'settings-damaged': { status: 500, title: 'The settings file cannot be read' },
  'database-newer': { status: 409, title: 'The database was written by a newer Souk' },
  'database-damaged': { status: 500, title: 'The database cannot be read' },
  'backup-damaged': { status: 422, title: 'The backup cannot be read' },
  'folder-not-empty': { status: 409, title: 'The folder is not empty' },
  'disk-full': { status: 507, title: 'The disk is full' },
  'folder-unwritable': { status: 403, title: 'The folder cannot be written' },
  'folder-unreadable': { status: 403, title: 'The folder cannot be read' },
  'copy-damaged': { status: 500, title: 'What had come was damaged on this disk' },
  internal: { status: 500, title: 'Something went wrong inside this peer' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemCode = keyof typeof problems;

/** What a refusal tells: a code for the program, a sentence for the person, members for the caller. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly members?: Readonly<Record<string, unknown>>;
}

export function problem(
  code: ProblemCode,
  detail: string,
  members?: Readonly<Record<string, unknown>>,
): Problem {
  return members === undefined ? { code, detail } : { code, detail, members };
}

/** Refusals that may pass by themselves: the same request can be sent again (protocol 2). */
export const retryableCodes: ReadonlySet<ProblemCode> = new Set([
  'rate-limited',
  'request-timeout',
  'unavailable',
  'not-ready',
]);

export function isProblemCode(text: string): text is ProblemCode {
  return Object.hasOwn(problems, text);
}

/** The one error class: thrown where an operation cannot go on, with the same code as on the wire. */
export class SoukError extends Error {
  readonly code: ProblemCode;
  readonly members: Readonly<Record<string, unknown>> | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options?: { cause?: unknown; members?: Readonly<Record<string, unknown>> },
  ) {
    super(detail, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'SoukError';
    this.code = code;
    this.members = options?.members;
  }

  static from(problem: Problem): SoukError {
    return new SoukError(
      problem.code,
      problem.detail,
      problem.members ? { members: problem.members } : undefined,
    );
  }

  toProblem(): Problem {
    return problem(this.code, this.message, this.members);
  }
}
