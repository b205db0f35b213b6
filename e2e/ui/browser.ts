import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { ScreenPeer } from './screen-peer.ts';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The browser of this machine: that of `SOUK_BROWSER`, or one in the usual places. */
export function findBrowser(): string | undefined {
  const said = process.env['SOUK_BROWSER'];
  if (said) return said;
  const folders = (process.env['PATH'] ?? '').split(process.platform === 'win32' ? ';' : ':');
  const places = [...folders, '/usr/bin', '/usr/local/bin', '/snap/bin'];
  return [...places.flatMap((place) => names.map((name) => join(place, name))), ...elsewhere].find(
    existsSync,
  );
}

export const noBrowser = 'The screens are not tested: no Chromium or Chrome was found here.';

export function openBrowser(executablePath = findBrowser()): Promise<Browser> {
  if (executablePath === undefined) throw new Error(noBrowser);
  const isRoot = process.platform === 'linux' && process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    args: [
      '--disable-gpu',
      '--disable-background-networking',
      '--no-first-run',
      ...(isRoot ? ['--no-sandbox'] : []),
    ],
  });
}

/** A window on a peer's screen, and everything that went wrong in it. */
export interface ScreenWindow {
  readonly page: Page;
  /** Errors of the console, of scripts and of the content security policy, and dialogs that opened. */
  readonly trouble: string[];
  close(): Promise<void>;
}

const patienceMs = 60_000;
/** The peer's way to say no, which Chromium logs as an error. */
const refusal = /status of 4\d\d/;

export async function openWindow(
  browser: Browser,
  peer: ScreenPeer,
  options: BrowserContextOptions = {},
): Promise<ScreenWindow> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...options,
  });
  context.setDefaultTimeout(patienceMs);
  const page = await context.newPage();
  const trouble: string[] = [];
  page.on('console', (message) => {
    const text = message.text();
    if (message.type() === 'error' && !refusal.test(text)) trouble.push(`console: ${text}`);
  });
  page.on('response', async (response) => {
    if (response.status() < 500) return;
    const said = await response.text().catch(() => '');
    trouble.push(`${new URL(response.url()).pathname}: ${said}`);
  });
  page.on('pageerror', (error) => trouble.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    trouble.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(await peer.screen());
  await page.locator('main').waitFor();
  return { page, trouble, close: () => context.close() };
}

/** Opens one of the pages, or a part of it, by its address; resolves when it is drawn. */
export async function goTo(page: Page, path: string): Promise<void> {
  const hash = JSON.stringify(`#/${path}`);
  await page.evaluate(`new Promise((drawn) => {
    if (location.hash === ${hash}) return drawn();
    addEventListener('hashchange', () => setTimeout(drawn), { once: true });
    location.hash = ${hash};
  })`);
  await page.locator('main h1').waitFor();
}
