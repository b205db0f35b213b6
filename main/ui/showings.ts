import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** What there is on this machine to show a page with. */
export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Environment;
  /** Whether a person's terminal started this. */
  readonly terminal: boolean;
  /** The super-user: Chromium runs as it only without its sandbox. */
  readonly root: boolean;
  /** A browser of Chromium's kind: it gives a page a window of its own. */
  readonly appBrowser?: string;
  /** The program that opens an address in the browser the person has chosen. */
  readonly opener?: string;
}

/** One way to show a page: a program and what it is told. */
export interface Showing {
  readonly kind: 'window' | 'browser';
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * The ways to show a page, the best first; none where nobody would see it. The window's profile stays in the
 * data directory: it shares nothing with the person's own browser.
 */
export function showingsOf(
  url: string,
  dataDirectory: string,
  surroundings: Surroundings,
): readonly Showing[] {
  if (!isSeen(surroundings)) return [];
  const { platform, root, appBrowser, opener } = surroundings;
  const showings: Showing[] = [];
  if (appBrowser !== undefined) {
    showings.push({
      kind: 'window',
      command: appBrowser,
      args: [
        `--app=${url}`,
        `--user-data-dir=${join(dataDirectory, 'window')}`,
        '--no-first-run',
        '--no-default-browser-check',
        ...(root && platform === 'linux' ? ['--no-sandbox'] : []),
      ],
    });
  }
  if (opener !== undefined) {
    const first = platform === 'win32' ? ['url.dll,FileProtocolHandler'] : [];
    showings.push({ kind: 'browser', command: opener, args: [...first, url] });
  }
  return showings;
}

/** Whether a window that opened here would be seen by who started this. */
export function isSeen({
  platform,
  env,
  terminal,
}: Pick<Surroundings, 'platform' | 'env' | 'terminal'>): boolean {
  if (isSet(env['CI'])) return false;
  if (platform === 'darwin' || platform === 'win32') {
    return terminal && !isSet(env['SSH_CONNECTION']);
  }
  return isSet(env['DISPLAY']) || isSet(env['WAYLAND_DISPLAY']);
}

/** `CI=false` and an empty variable say no. */
export function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false'].includes(value.toLowerCase());
}

/** Where browsers of Chromium's kind are found: names to look for in the PATH, or full paths. */
export function appBrowsersOf(platform: NodeJS.Platform, env: Environment): readonly string[] {
  if (platform === 'darwin') {
    return ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'].map(
      (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
    );
  }
  if (platform === 'win32') {
    const roots = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'].flatMap(
      (name) => env[name] ?? [],
    );
    return [
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Chromium', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ].flatMap((parts) => roots.map((root) => [root, ...parts].join('\\')));
  }
  return [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
    'brave-browser',
  ];
}

/** What opens an address in the person's own browser, on this platform. */
export function openersOf(platform: NodeJS.Platform): readonly string[] {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32.exe'];
  return ['xdg-open'];
}
