import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** The folder of this program. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

const manifest = z.object({ version: z.string(), main: z.string().optional() });

/** What a package says of itself. Throws where there is none. */
export function readManifest(folder: string): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

/** The bundle that Electron would start, whether it is built or not; undefined where this copy has none. */
export function desktopEntry(): string | undefined {
  const { main } = readManifest(packageRoot);
  return main === undefined ? undefined : join(packageRoot, main);
}

export function hasDesktop(): boolean {
  const entry = desktopEntry();
  return entry !== undefined && existsSync(entry);
}
