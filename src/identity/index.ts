export { type CurrencyId, isPeerId, type PeerId, peerIdOf, publicKeyOf } from './peer-id.ts';
export {
  badSignature,
  type Draft,
  decodeStatement,
  draft,
  type Opened,
  openStatement,
  type Signer,
  type StatementPayload,
  type StatementType,
  sealDrafts,
  sealStatement,
  statementType,
  type Unverified,
  type Verifier,
} from './statement.ts';
