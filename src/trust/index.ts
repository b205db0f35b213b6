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
  keepRemoved,
  suggestions,
} from './discovery.ts';
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
  solicitable,
  takeIntroduction,
} from './neighborhood.ts';
