export { fingerprintWords } from './fingerprint.ts';
export { type CurrencyId, isPeerId, type PeerId, peerIdOf, publicKeyOf } from './peer-id.ts';
export {
  badSignature,
  type Draft,
  decodeStatement,
  draft,
  isDraft,
  type Opened,
  openStatement,
  prepareStatement,
  replaceDrafts,
  type Signer,
  type StatementPayload,
  type Statements,
  type StatementType,
  sealDrafts,
  sealStatement,
  statementType,
  type Unverified,
  type Verifier,
} from './statement.ts';
