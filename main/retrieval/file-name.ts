import mime from 'mime';

/** Most file systems take 255 bytes; this leaves room for a number, and for sync tools' own endings. */
const nameBytesMax = 200;
const extensionBytesMax = 16;
/** Control characters, and what is not seen or changes the direction of writing. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** What separates paths, and what Windows refuses in names. */
const reservedCharacters = /[/\\<>:"|?*]/g;
/** Names of devices on Windows, with any ending. */
const deviceName = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;
const endingPattern = /\.[A-Za-z0-9]{1,15}$/;
const utf8 = new TextEncoder();

/**
 * A file name for a document, made of what a stranger says about it: one path segment that every common
 * file system takes, never hidden, never a device, at most 200 bytes in UTF-8. The title's ending is kept
 * unless it names another media type; then the media type's is added.
 */
export function safeFileName(title: string, mediaType?: string): string {
  const clean = tidy(title);
  const ending = endingPattern.exec(clean)?.[0] ?? '';
  const stem = tidy(clean.slice(0, clean.length - ending.length)) || 'document';
  const kept = keepsEnding(ending, mediaType) ? ending : '';
  const added = kept === '' ? endingOf(mediaType) : '';
  const whole = kept === '' ? stem + ending : stem;
  const safeStem = deviceName.test(whole.split('.', 1)[0]?.trim() ?? '') ? `_${whole}` : whole;
  return shorten(safeStem, nameBytesMax - extensionBytesMax) + (kept || added);
}

/** `notes.txt`, then `notes (2).txt`, and so on: the names to try in turn where one is taken. */
export function numberedFileName(name: string, number: number): string {
  if (number === 1) return name;
  const ending = endingPattern.exec(name)?.[0] ?? '';
  return `${name.slice(0, name.length - ending.length)} (${number})${ending}`;
}

function tidy(text: string): string {
  return text
    .toWellFormed()
    .normalize('NFC')
    .replace(unprintable, '')
    .replace(reservedCharacters, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
}

function keepsEnding(ending: string, mediaType: string | undefined): boolean {
  if (ending === '') return false;
  const named = mime.getType(ending);
  if (named === null || mediaType === undefined || named === mediaType) return true;
  if (mediaType === 'application/octet-stream') return true;
  if (mediaType.startsWith('text/') && named.startsWith('text/')) return true;
  return mime.getAllExtensions(mediaType)?.has(ending.slice(1).toLowerCase()) ?? true;
}

function endingOf(mediaType: string | undefined): string {
  const extension = mediaType === undefined ? null : mime.getExtension(mediaType);
  return extension === null || mediaType === 'application/octet-stream' ? '' : `.${extension}`;
}

function shorten(text: string, bytesMax: number): string {
  if (utf8.encode(text).length <= bytesMax) return text;
  let short = '';
  let bytes = 0;
  for (const character of text) {
    bytes += utf8.encode(character).length;
    if (bytes > bytesMax) break;
    short += character;
  }
  return short.replace(/[. ]+$/, '');
}
