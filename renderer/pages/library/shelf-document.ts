import type { MethodOutput } from '../../../main/bridge/contract.ts';

export type ShelfDocumentView = MethodOutput<'library.list'>['documents'][number];
