export { type Clock, systemClock } from './clock.ts';
export type { ContentStream, DocumentSource } from './document-source.ts';
export {
  type Completion,
  DownloadManager,
  type DownloadManagerParts,
  type DownloadView,
  type Failure,
} from './download-manager.ts';
export { PeerSource } from './peer-source.ts';
export { PieceWorkers } from './piece-store.ts';
export { RateLimit } from './rate-limit.ts';
export type {
  RetrievalEnd,
  RetrievalFailure,
  RetrievalOrder,
  RetrievalState,
} from './retrieval.ts';
