export { makeCertificate, type TlsIdentity } from './certificate.ts';
export {
  createKeyFile,
  type KeyFileState,
  keyFileState,
  readKeyFile,
  sealKeyFile,
} from './key-file.ts';
export { type KeyPair, keyPairOfSeed, makeKeyPair, NodeSigner, NodeVerifier } from './key-pair.ts';
export {
  type PeerAddress,
  type PeerAnswer,
  PeerClient,
  type PeerClientParts,
} from './peer-client.ts';
export {
  callerOf,
  PeerServer,
  type PeerServerParts,
  type ServerBounds,
} from './peer-server.ts';
export type { ClientBounds } from './pinned-pools.ts';
export { refusalOf } from './refusal.ts';
export { SignatureBatches } from './signature-batches.ts';
export type { WireRequest } from './wire-request.ts';
