import { fileURLToPath } from 'node:url';
import type { PageHandler } from '../bridge/page-handler.ts';
import { openStaticFiles } from './static-files.ts';

/** Where `npm run build` puts the screen. */
export const builtRenderer = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** The screen's files. Throws `folder-unreadable` where they are not built. */
export function openRenderer(directory = builtRenderer): Promise<PageHandler> {
  return openStaticFiles(directory);
}

/** Where a person sees the peer: an address that opens once, within ten minutes. */
export function screenUrl(url: string, ticket: string): string {
  return `${url}/#ticket=${ticket}`;
}
