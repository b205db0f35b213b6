import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a peer's data is where nobody says: `SOUK_DATA`, else where the platform keeps such things. */
export function dataDirectoryOf(
  said: string | undefined,
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const chosen = said ?? environment['SOUK_DATA'];
  if (chosen !== undefined && chosen !== '') return resolve(chosen);
  const home = environment['HOME'] || homedir();
  if (platform === 'win32') {
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Souk');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Souk');
  // XDG Base Directory: a path that is not absolute counts as none.
  const xdg = environment['XDG_DATA_HOME'];
  return join(xdg?.startsWith('/') ? xdg : join(home, '.local', 'share'), 'souk');
}
