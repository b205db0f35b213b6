import { isAbsolute, normalize } from 'node:path';
import { refuse } from '../handler.ts';

/** A caller's working directory is not the peer's: only absolute paths mean the same to both. */
export function absolute(path: string): string {
  if (!isAbsolute(path) || path.includes('\0')) {
    refuse('bad-request', notAbsolute(path));
  }
  return normalize(path);
}

export function notAbsolute(path: string): string {
  return `${path} is not an absolute path: write all of it, as /home/ada/Documents.`;
}
