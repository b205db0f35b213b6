/** Who plays in the demo market. A is Alice, D is Dave, as in the paper's figures 2 and 3. */

export const peerNames = ['Alice', 'Bob', 'Carol', 'Dave', 'Erin', 'Frank'] as const;
export type PeerName = (typeof peerNames)[number];
export const issuerName = 'money.com';
export type ActorName = PeerName | typeof issuerName;
export const actorNames: readonly ActorName[] = [issuerName, ...peerNames];

/** The three who issue a currency; money.com is no peer. */
export const issuers = [issuerName, 'Erin', 'Frank'] as const;
export type IssuerName = (typeof issuers)[number];

interface Currency {
  readonly name: string;
  readonly symbol: string;
  readonly redeemableFor: string;
}

export const currencies: Readonly<Record<IssuerName, Currency>> = {
  'money.com': { name: 'money.com', symbol: 'mc', redeemableFor: 'whatever you find for it' },
  Erin: { name: "Erin's ink", symbol: 'ink', redeemableFor: 'what Erin prints' },
  Frank: { name: "Frank's rye", symbol: 'rye', redeemableFor: 'what Frank knows of bread' },
};

/** Each transfer costs the payer one unit more; that unit is destroyed. */
export const transferFee = { flat: 1, perMillion: 0 };

interface Price {
  readonly in: IssuerName;
  readonly flat: number;
  /** A whole kind of document, as `audio/`; all kinds where it is not said. */
  readonly kind?: string;
}

interface Part {
  readonly about: string;
  /** Taken beside the own currency. */
  readonly accepts: readonly IssuerName[];
  readonly prices: readonly Price[];
  /** Whether it asks its own neighbors on behalf of others. */
  readonly middleman: boolean;
  /** What money.com gives it before the market opens. */
  readonly grant: number;
}

export const parts: Readonly<Record<PeerName, Part>> = {
  Alice: {
    about: 'walks the salt marsh and writes',
    accepts: ['money.com', 'Erin', 'Frank'],
    prices: [
      { in: 'Erin', flat: 25 },
      { in: 'Frank', flat: 22 },
      { in: 'money.com', flat: 30 },
    ],
    middleman: false,
    grant: 0,
  },
  Bob: {
    about: 'mends things and knows people',
    accepts: ['money.com'],
    prices: [{ in: 'money.com', flat: 12 }],
    middleman: true,
    grant: 40,
  },
  Carol: {
    about: 'ties knots and knows people',
    accepts: ['money.com'],
    prices: [{ in: 'money.com', flat: 12 }],
    middleman: true,
    grant: 40,
  },
  Dave: {
    about: 'keeps the lamp at Lantern Bay',
    accepts: ['money.com'],
    prices: [
      { in: 'money.com', kind: 'audio/', flat: 24 },
      { in: 'money.com', flat: 14 },
    ],
    middleman: false,
    grant: 0,
  },
  Erin: {
    about: 'prints, and issues ink',
    accepts: ['money.com', 'Frank'],
    prices: [
      { in: 'Erin', flat: 22 },
      { in: 'Frank', flat: 24 },
      { in: 'money.com', flat: 30 },
    ],
    middleman: false,
    grant: 0,
  },
  Frank: {
    about: 'bakes, and issues rye',
    accepts: ['money.com'],
    prices: [
      { in: 'money.com', kind: 'audio/', flat: 80 },
      { in: 'Frank', flat: 21 },
      { in: 'money.com', flat: 20 },
    ],
    middleman: false,
    grant: 80,
  },
};

/** Who is whose neighbor: they chose each other by hand. */
export const neighborhoods: readonly (readonly [PeerName, PeerName])[] = [
  ['Alice', 'Bob'],
  ['Bob', 'Carol'],
  ['Carol', 'Dave'],
  ['Alice', 'Erin'],
  ['Alice', 'Frank'],
  ['Erin', 'Frank'],
];

/** Small enough that the demo's debts are paid while one watches. */
export const creditLimit = 60;
export const settleAt = 20;
/** Bob keeps this long back for the way home, so that a search shorter than that stays with him. */
export const forwardMarginMs = 5_000;

/** Takes one of a fixed set of names from a text. */
export function isIssuer(name: ActorName): name is IssuerName {
  return issuers.some((issuer) => issuer === name);
}
