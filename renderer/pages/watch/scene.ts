/** What the page and the worker in which the world lives tell each other. Peers are numbers: their places. */

export const graphKinds = [
  'communities',
  'random-regular',
  'watts-strogatz',
  'barabasi-albert',
] as const;

export interface WatchPlan {
  readonly seed: number;
  readonly peers: number;
  readonly graph: (typeof graphKinds)[number];
}

export type WatchOrder =
  | { readonly kind: 'begin'; readonly plan: WatchPlan }
  /** Lets the world's time pass. */
  | { readonly kind: 'pass'; readonly ms: number }
  /** Lets it pass until the next message has arrived. */
  | { readonly kind: 'step' };

export interface Person {
  readonly name: string;
  /** The kind of document that this person prefers. */
  readonly taste: number;
  readonly role: 'trader' | 'free-rider' | 'issuer' | 'bank';
}

export interface Link {
  readonly a: number;
  readonly b: number;
  /** Made by trading, not there from the beginning. */
  readonly found: boolean;
}

export const trafficKinds = ['ask', 'bid', 'buy', 'document', 'money'] as const;

export interface Traffic {
  readonly from: number;
  readonly to: number;
  readonly kind: (typeof trafficKinds)[number];
}

/** Something that a person would tell. `whom` is the other side, `amount` in units of the currency. */
export interface Happening {
  readonly number: number;
  readonly atMs: number;
  readonly kind:
    | 'search'
    | 'bid'
    | 'no-bid'
    | 'buy'
    | 'got'
    | 'failed'
    | 'met'
    | 'neighbors'
    | 'paid';
  readonly who: number;
  readonly whom?: number;
  readonly title?: string;
  readonly amount?: number;
  readonly symbol?: string;
}

/** Of an issuer's books: what it issued less what it destroyed is what everybody holds. */
export interface CurrencyFigures {
  readonly name: string;
  readonly symbol: string;
  readonly issuer: number;
  readonly issued: number;
  readonly destroyed: number;
  readonly balances: number;
  readonly held: number;
}

export interface Tallies {
  readonly searches: number;
  readonly asked: number;
  readonly bids: number;
  readonly documents: number;
  readonly met: number;
}

/** What became of the world since the frame before. */
export interface WatchFrame {
  readonly atMs: number;
  /** In the first frame of a world only; it then has all links, too. */
  readonly people?: readonly Person[];
  readonly links: readonly Link[];
  readonly traffic: readonly Traffic[];
  readonly happenings: readonly Happening[];
  readonly currencies: readonly CurrencyFigures[];
  /** What each peer has in the first currency. */
  readonly wealth: readonly number[];
  readonly tallies: Tallies;
}
