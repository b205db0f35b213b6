export type { SharedFolder } from './file-table.ts';
export { type LibraryOptions, LibraryService, type OwnDocument } from './library.ts';
export { LibraryIndex } from './library-index.ts';
export type { LibraryProgress, RescanReport } from './rescans.ts';
