export type { RunningPeerEvent } from './events.ts';
export { type PeerOptions, type RunningPeer, startPeer } from './running-peer.ts';
