export { type RangeAnswer, readContentRange, readRange } from './byte-range.ts';
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
