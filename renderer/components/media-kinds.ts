export {
  type MediaKind,
  mediaKindOf as kindOf,
  mediaKinds,
} from '../../src/documents/index.ts';

/** What a media type is called in short: `PDF`, `MP4`. */
export function formatName(mediaType: string): string {
  const known: Readonly<Record<string, string>> = {
    'text/plain': 'TXT',
    'text/markdown': 'Markdown',
    'image/svg+xml': 'SVG',
    'audio/mpeg': 'MP3',
    'application/epub+zip': 'EPUB',
    'application/vnd.ms-excel': 'XLS',
    'application/x-7z-compressed': '7Z',
    'video/x-matroska': 'MKV',
    'application/octet-stream': '?',
  };
  const [, subtype = mediaType] = mediaType.split('/');
  return known[mediaType] ?? subtype.replace(/^x-|^vnd\./, '').toUpperCase();
}
