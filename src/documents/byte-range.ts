import type { PieceBounds } from './manifest.ts';

/** Which bytes of a document a request asks for (RFC 9110 section 14). */
export type RangeAnswer =
  | { readonly kind: 'whole' }
  | { readonly kind: 'part'; readonly bytes: PieceBounds }
  | { readonly kind: 'unsatisfiable' };

const singleRange = /^bytes[ \t]*=[ \t]*(\d{0,16})-(\d{0,16})[ \t]*$/i;

/**
 * Reads a `Range` header. What is malformed, in another unit, or several ranges at once, is ignored, as
 * the standard allows: the answer is then the whole document.
 */
export function readRange(header: string | undefined, sizeBytes: number): RangeAnswer {
  const match = header === undefined ? null : singleRange.exec(header);
  if (match === null) return { kind: 'whole' };
  const [, firstText = '', lastText = ''] = match;
  if (firstText === '') return lastText === '' ? { kind: 'whole' } : suffix(lastText, sizeBytes);
  const start = Number(firstText);
  const last = lastText === '' ? sizeBytes - 1 : Number(lastText);
  if (lastText !== '' && last < start) return { kind: 'whole' };
  if (start >= sizeBytes) return { kind: 'unsatisfiable' };
  return { kind: 'part', bytes: { start, end: Math.min(last + 1, sizeBytes) } };
}

function suffix(lengthText: string, sizeBytes: number): RangeAnswer {
  const length = Number(lengthText);
  if (length === 0 || sizeBytes === 0) return { kind: 'unsatisfiable' };
  return { kind: 'part', bytes: { start: Math.max(0, sizeBytes - length), end: sizeBytes } };
}

const contentRange = /^bytes (\d{1,16})-(\d{1,16})\/(\d{1,16})$/;

/** Reads the `Content-Range` of a 206 answer; undefined unless it is a whole and consistent one. */
export function readContentRange(
  header: string | undefined,
): (PieceBounds & { readonly sizeBytes: number }) | undefined {
  const match = header === undefined ? null : contentRange.exec(header);
  if (match === null) return undefined;
  const [start = 0, last = 0, sizeBytes = 0] = match.slice(1).map(Number);
  return start <= last && last < sizeBytes ? { start, end: last + 1, sizeBytes } : undefined;
}
