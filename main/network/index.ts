export {
  CertificateReader,
  makeCertificate,
  peerIdOfCertificate,
  type TlsIdentity,
} from './certificate.ts';
export {
  createKeyFile,
  type KeyFileState,
  keyFileState,
  readKeyFile,
  writeKeyFile,
} from './key-file.ts';
export { type KeyPair, keyPairOfSeed, makeKeyPair, NodeSigner, NodeVerifier } from './key-pair.ts';
