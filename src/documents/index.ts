export {
  choosePieceLength,
  documentIdOf,
  encodeManifest,
  hashBytes,
  type Manifest,
  type PieceBounds,
  parseManifest,
  pieceBounds,
  pieceCount,
  pieceHash,
} from './manifest.ts';
