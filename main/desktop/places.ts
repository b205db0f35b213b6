import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the program's own files are: the bundles stand in `dist/main`, two folders below the root. */
export const preloadFile = fileURLToPath(new URL('./preload.cjs', import.meta.url));
const iconFolder = fileURLToPath(new URL('../../assets/icons', import.meta.url));

export function iconFile(name: string): string {
  return join(iconFolder, name);
}

/** What the desktop keeps below the data directory: of this machine only, so in no backup. */
export function desktopFiles(dataDirectory: string) {
  const folder = join(dataDirectory, 'desktop');
  return {
    folder,
    preferences: join(folder, 'desktop.json'),
    passphrase: join(folder, 'passphrase.sealed'),
    log: join(folder, 'souk.log'),
  };
}
