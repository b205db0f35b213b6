import { fileURLToPath } from 'node:url';
import type { PageHandler } from '../bridge/page-handler.ts';
import { openStaticFiles } from './static-files.ts';

/** Where `npm run build` puts the screen. */
export const builtRenderer = fileURLToPath(new URL('../../dist/renderer', import.meta.url));

/** The screen's files. Throws `folder-unreadable` where they are not built. */
export function openRenderer(directory = builtRenderer): Promise<PageHandler> {
  return openStaticFiles(directory);
}

/** Where a person sees the peer. Whoever has this address drives it: the token is in it. */
export function screenUrl({
  url,
  token,
}: {
  readonly url: string;
  readonly token: string;
}): string {
  return `${url}/#token=${token}`;
}
