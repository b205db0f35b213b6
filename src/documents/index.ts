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
export { type MediaKind, mediaKindOf, mediaKinds } from './media-kind.ts';
export { wordsOf } from './words.ts';
