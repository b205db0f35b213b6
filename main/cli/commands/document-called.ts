import { type DocumentId, documentId } from '../../../src/protocol/index.ts';
import { UsageError } from '../output.ts';

/** The document that a person named by its id. Throws a `UsageError` where it is none. */
export function documentCalled(id: string): DocumentId {
  const document = documentId.safeParse(id);
  if (!document.success) throw new UsageError(`"${id}" is no document id: b3-…`);
  return document.data;
}
