export type { SharedFolder } from './file-table.ts';
export { type LibraryOptions, LibraryService, type OwnDocument } from './library.ts';
export { LibraryIndex } from './library-index.ts';
export { mediaTypeOf } from './media-type.ts';
export type { LibraryProgress, RescanReport } from './rescans.ts';
export { cleanTitle } from './title.ts';
