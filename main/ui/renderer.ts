import type { PageHandler } from '../bridge/page-handler.ts';
import { builtRenderer } from './places.ts';
import { openStaticFiles } from './static-files.ts';

/** The screen's files. Throws `folder-unreadable` where they are not built. */
export function openRenderer(directory = builtRenderer): Promise<PageHandler> {
  return openStaticFiles(directory);
}

/** Where a person sees the peer: an address that opens once, within ten minutes. */
export function screenUrl(url: string, ticket: string): string {
  return `${url}/#ticket=${ticket}`;
}
