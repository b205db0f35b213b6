import path from 'node:path';
import mime from 'mime';
import { mediaType as mediaTypeField } from '../../src/protocol/index.ts';

export const unknownMediaType = 'application/octet-stream';

/** The media type that a file's extension stands for, always one that the protocol takes. */
export function mediaTypeOf(fileName: string): string {
  const found = mime.getType(path.basename(fileName)) ?? unknownMediaType;
  return mediaTypeField.safeParse(found).success ? found : unknownMediaType;
}
