import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { desktopEntry } from './places.ts';

const manifest = z.object({ version: z.string() });

/** What a package says of itself. Throws where there is none. */
export function readManifest(folder: string): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')));
}

export function hasDesktop(): boolean {
  return existsSync(desktopEntry);
}
