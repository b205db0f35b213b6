/** What is read of a document's own text and of what it says of itself; titles are not cleaned yet. */
export interface Extract {
  readonly title?: string | undefined;
  readonly author?: string | undefined;
  readonly language?: string | undefined;
  readonly text: string;
}

/** A document's text past this is not indexed: the first words say what it is. */
export const textCharactersMax = 1024 * 1024;
export const textBytesMax = 1024 * 1024;
/** PDF and EPUB can be read only as a whole; larger ones are known by their names. */
export const containerBytesMax = 64 * 1024 * 1024;

const kinds: Readonly<Record<string, 'text' | 'markdown' | 'html' | 'pdf' | 'epub'>> = {
  'text/plain': 'text',
  'text/markdown': 'markdown',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/pdf': 'pdf',
  'application/epub+zip': 'epub',
};

export type Kind = (typeof kinds)[string];

/** How a document of this media type is read; undefined where it is known by its name only. */
export function kindOf(mediaType: string): Kind | undefined {
  return Object.hasOwn(kinds, mediaType) ? kinds[mediaType] : undefined;
}
