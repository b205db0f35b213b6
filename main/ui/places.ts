import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../package.json' with { type: 'json' };

/** The folder of this program; a bundle in `dist/main` lies as deep in it as this file. */
export const packageRoot = fileURLToPath(new URL('../../', import.meta.url));

/** Where `npm run build` puts the screen. */
export const builtRenderer = join(packageRoot, 'dist', 'renderer');

/** The bundle that Electron starts, whether it is built or not. */
export const desktopEntry = join(packageRoot, manifest.main);
