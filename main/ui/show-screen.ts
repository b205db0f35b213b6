import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import {
  appBrowsersOf,
  openersOf,
  type Showing,
  type Surroundings,
  showingsOf,
} from './showings.ts';

/** A program that goes on this long did not fail to open a window. */
const settledMs = 4_000;

/**
 * Shows the screen in the best way this machine has and tells which; undefined where there is none, or
 * nobody would see it. What it opens goes on without this process.
 */
export async function showScreen(
  url: string,
  dataDirectory: string,
): Promise<Showing['kind'] | undefined> {
  for (const showing of showingsOf(url, dataDirectory, surroundings())) {
    if (await opened(showing)) return showing.kind;
  }
  return undefined;
}

function surroundings(): Surroundings {
  const { platform, env } = process;
  const appBrowser = firstFound(appBrowsersOf(platform, env), env['PATH']);
  const opener = firstFound(openersOf(platform), env['PATH']);
  return {
    platform,
    env,
    terminal: Boolean(process.stdout.isTTY || process.stderr.isTTY),
    root: process.getuid?.() === 0,
    ...(appBrowser !== undefined && { appBrowser }),
    ...(opener !== undefined && { opener }),
  };
}

/** The first of these programs that can be run: full paths as they are, names in the folders of a PATH. */
export function firstFound(
  names: readonly string[],
  searchPath: string | undefined,
): string | undefined {
  const folders = (searchPath ?? '').split(delimiter).filter(isAbsolute);
  const paths = names.flatMap((name) =>
    isAbsolute(name) ? name : folders.map((folder) => join(folder, name)),
  );
  return paths.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Whether the program ran: it still does, or it handed the page on and ended well. */
function opened({ command, args }: Showing): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { detached: true, stdio: 'ignore' });
    const settled = setTimeout(resolve, settledMs, true);
    const end = (well: boolean) => {
      clearTimeout(settled);
      resolve(well);
    };
    child.once('error', () => end(false));
    child.once('exit', (code) => end(code === 0));
    child.unref();
  });
}
