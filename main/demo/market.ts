import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import type { Actor } from './actor.ts';
import {
  type ActorName,
  currencies,
  type IssuerName,
  issuerName,
  issuers,
  type PeerName,
  peerNames,
} from './cast.ts';
import type { Narrator } from './narrator.ts';

/** A document that came to who bought it, over how many hops, and whether it is the source's to the byte. */
interface Delivery {
  readonly title: string;
  readonly hops: number;
  readonly verified: boolean;
}

/** The running demo: its processes, what they are called, and who tells of it. */
export interface Market {
  readonly actors: Readonly<Record<ActorName, Actor>>;
  readonly narrator: Narrator;
  /** Each peer's shared folders: where the source of a delivered document is found. */
  readonly folders: ReadonlyMap<PeerName, readonly string[]>;
  /** The user's own folder, where one was given. */
  readonly ownFolder?: string;
  readonly deliveries: Delivery[];
}

export function peersOf(market: Market): readonly Actor[] {
  return peerNames.map((name) => market.actors[name]);
}

export function everyone(market: Market): readonly Actor[] {
  return [market.actors[issuerName], ...peersOf(market)];
}

/** The actor behind a peer id; the demo knows everybody in its market. */
export function actorOf(market: Market, peer: PeerId): Actor {
  const found = everyone(market).find((actor) => actor.peer === peer);
  if (!found) throw new Error(`A peer that nobody started took part: ${peer}.`);
  return found;
}

export function currencyOf(market: Market, issuer: IssuerName): CurrencyId {
  return market.actors[issuer].peer;
}

/** An amount as the story tells it: `31 mc`. */
export function told(market: Market, units: number, currency: CurrencyId): string {
  const issuer = issuers.find((name) => market.actors[name].peer === currency);
  return `${units} ${issuer ? currencies[issuer].symbol : '?'}`;
}

/** A promise of the demo: where it does not hold, the demo fails. */
export function promised(condition: boolean, promise: string): asserts condition {
  if (!condition) throw new Error(`It did not happen as told: ${promise}.`);
}
