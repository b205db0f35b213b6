export { allInOrder } from './all-in-order.ts';
export type { RunningPeerEvent } from './events.ts';
export type { RunningPeer } from './running-peer.ts';
export { type PeerOptions, startPeer } from './start-peer.ts';
