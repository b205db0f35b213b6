export {
  cardOf,
  endpointsOf,
  ownCard,
  readInvite,
  takeCard,
} from './cards.ts';
export {
  allDiscoveries,
  type DiscoveryWay,
  discover,
  discoveryOf,
  dismissDiscovery,
  formerNeighbors,
  keepRemoved,
  suggestions,
} from './discovery.ts';
export { confirmListings } from './listing.ts';
export {
  type AddNeighbor,
  acceptKnownPeer,
  addNeighbor,
  allIntroductions,
  announceCard,
  dismissIntroduction,
  moveNeighbor,
  refreshNeighbors,
  refusePeer,
  setCreditLimit,
  setStrategy,
  takeIntroduction,
} from './neighborhood.ts';
export { servesOthers, solicitable, solicitedFor } from './policy.ts';
export { joinSecondary } from './secondary.ts';
export { marksOf, markUndesirable } from './undesirable.ts';
