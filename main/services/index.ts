export { type AdmissionBounds, neighborRate, strangerRate } from './admission.ts';
export {
  type AccessGate,
  type DocumentServiceParts,
  documentsRouter,
  type OpenDocument,
  type Shelf,
  type UploadProgress,
} from './documents.ts';
export type { Exchange, RequestHandler } from './exchange.ts';
export { type PeerServiceParts, peerService } from './peer-service.ts';
export type { RequestRate } from './token-bucket.ts';
