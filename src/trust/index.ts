export {
  askCard,
  cardOf,
  endpointsOf,
  ownCard,
  readInvite,
  takeCard,
  takeCardAnswer,
} from './cards.ts';
export { allDiscoveries, type DiscoveryWay, discover } from './discovery.ts';
export {
  type AddNeighbor,
  acceptKnownPeer,
  addNeighbor,
  allIntroductions,
  dismissIntroduction,
  moveNeighbor,
  refreshNeighbors,
  solicitable,
  takeIntroduction,
} from './neighborhood.ts';
