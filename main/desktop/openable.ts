import { extname } from 'node:path';

/**
 * What a traded document may be opened as with a click: kinds that a viewer shows. Everything else, above
 * all what a system would run, is shown in its folder, and the person decides there.
 */
const viewed: ReadonlySet<string> = new Set(
  [
    'txt md csv tsv log json xml pdf epub mobi djvu ps',
    'png jpg jpeg gif webp avif bmp tif tiff heic',
    'mp3 ogg oga opus flac wav m4a aac',
    'mp4 m4v mkv webm mov avi ogv',
    'odt ods odp docx xlsx pptx rtf',
    'zip tar gz xz zst 7z',
  ]
    .join(' ')
    .split(' ')
    .map((extension) => `.${extension}`),
);

export function isOpenable(path: string): boolean {
  return viewed.has(extname(path).toLowerCase());
}
