/** Kinds of documents as people name them, with the media types that the market filters by. */
export const mediaKinds = {
  text: ['text/plain', 'text/markdown', 'text/html'],
  book: ['application/pdf', 'application/epub+zip'],
  image: ['image/jpeg', 'image/png', 'image/svg+xml', 'image/gif', 'image/webp'],
  audio: ['audio/mpeg', 'audio/ogg', 'audio/flac', 'audio/wav'],
  video: ['video/mp4', 'video/webm', 'video/x-matroska'],
  table: ['text/csv', 'application/json', 'application/vnd.ms-excel'],
  archive: ['application/zip', 'application/gzip', 'application/x-7z-compressed'],
} as const satisfies Record<string, readonly string[]>;

export type MediaKind = keyof typeof mediaKinds | 'other';

const kinds: ReadonlyMap<string, MediaKind> = new Map(
  (Object.entries(mediaKinds) as [MediaKind, readonly string[]][]).flatMap(([kind, types]) =>
    types.map((type) => [type, kind] as const),
  ),
);

const families: readonly (readonly [string, MediaKind])[] = [
  ['image/', 'image'],
  ['audio/', 'audio'],
  ['video/', 'video'],
  ['text/', 'text'],
];

/** The kind under which a person would look for a media type, and a peer counts what it learns. */
export function mediaKindOf(mediaType: string): MediaKind {
  const listed = kinds.get(mediaType);
  return listed ?? families.find(([start]) => mediaType.startsWith(start))?.[1] ?? 'other';
}
