export type { Input } from './input.ts';
export { Peer, type PeerPorts, type Step } from './peer.ts';
