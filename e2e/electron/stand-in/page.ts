import { readFileSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import { ipcMain, type StandInFrame } from './ipc.ts';
import { answerRoute, standsFor } from './scheme.ts';
import type { WebContents } from './web-contents.ts';

const world = 'preload';
const script = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');

export interface StandInPage {
  readonly page: Page;
  /** What the page wrote to its console as an error: refusals of its policy are among it. */
  readonly errors: string[];
}

let started: Promise<{ browser: Browser; context: BrowserContext }> | undefined;

function browserContext(): Promise<{ browser: Browser; context: BrowserContext }> {
  started ??= (async () => {
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    });
    const context = await browser.newContext({ viewport: null, locale: 'en-US' });
    return { browser, context };
  })();
  return started;
}

export async function closeBrowser(): Promise<void> {
  await (await started)?.browser.close();
}

/** Opens the page of a window, with its preload script in a world of its own. */
export async function openPage(
  contents: WebContents,
  preload: string | undefined,
  size: { readonly width: number; readonly height: number },
): Promise<StandInPage> {
  const { context } = await browserContext();
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(String(error)));
  await page.setViewportSize(size);
  await page.route('**/*', async (route) => {
    const request = route.request();
    const leaves = request.isNavigationRequest() && request.frame() === page.mainFrame();
    if (leaves && !contents.mayNavigate(standsFor(request.url())))
      return await route.abort('aborted');
    await answerRoute(route);
  });
  const session = await context.newCDPSession(page);
  await session.send('Page.enable');
  const { frameTree } = await session.send('Page.getFrameTree');
  const mainFrame = frameTree.frame.id;
  session.on('Page.frameNavigated', ({ frame }) => {
    if (frame.id !== mainFrame) return;
    contents.url = standsFor(frame.url);
    contents.emit('did-navigate', {}, contents.url);
  });
  session.on('Page.windowOpen', ({ url }) => contents.opens(standsFor(url)));
  page.on('popup', (popup) => void popup.close());
  if (preload !== undefined) await runPreload({ page, session, contents, preload, mainFrame });
  return { page, errors };
}

interface PreloadPlace {
  readonly page: Page;
  readonly session: CDPSession;
  readonly contents: WebContents;
  readonly preload: string;
  readonly mainFrame: string;
}

async function runPreload({
  page,
  session,
  contents,
  preload,
  mainFrame,
}: PreloadPlace): Promise<void> {
  const frames = new Map<number, string>();
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const { frameId } = context.auxData as { frameId: string };
    if (context.name === world) frames.set(context.id, frameId);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    frames.delete(executionContextId),
  );
  const inWorld = (contextId: number, call: string, told: unknown) =>
    // The page may have gone meanwhile: then nobody waits.
    session
      .send('Runtime.evaluate', {
        contextId,
        expression: `standIn.${call}(${JSON.stringify(told)})`,
      })
      .catch(() => undefined);
  const main: StandInFrame = {
    get url() {
      return contents.url;
    },
    parent: null,
  };
  session.on('Runtime.bindingCalled', async ({ executionContextId, payload }) => {
    const { id, channel, args } = JSON.parse(payload);
    const isMain = frames.get(executionContextId) === mainFrame;
    const senderFrame = isMain ? main : { url: contents.url, parent: main };
    const answer = await ipcMain.invokeAs({ sender: contents, senderFrame }, channel, ...args).then(
      (value) => ({ id, value }),
      (error: unknown) => ({ id, error: `Error invoking remote method '${channel}': ${error}` }),
    );
    await inWorld(executionContextId, 'answer', answer);
  });
  contents.sending = (channel, args) => {
    for (const [contextId, frame] of frames) {
      if (frame === mainFrame) void inWorld(contextId, 'emit', { channel, args });
    }
  };
  await page.addInitScript(script('./main-world.js'));
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'standInAsk', executionContextName: world });
  const code = readFileSync(preload, 'utf8');
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    worldName: world,
    source: `${script('./preload-world.js')}\n((require, module, exports) => {${code}\n})(standIn.require, {}, {});`,
  });
}
