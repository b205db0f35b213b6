import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { firstFound } from '../main/ui/show-screen.ts';
import { appBrowsersOf } from '../main/ui/showings.ts';

const souk = fileURLToPath(new URL('../main/cli/main.ts', import.meta.url));
const executablePath = firstFound(
  appBrowsersOf(process.platform, process.env),
  process.env['PATH'],
);
const announced = z.object({ screen: z.url(), control: z.object({ url: z.url() }) });

const skipped = executablePath === undefined;
if (skipped) console.warn('Skipped: no Chromium or Chrome was found to look at the screen with.');

describe.skipIf(skipped)('the screen of a running peer, in Chromium', () => {
  let directory: string;
  let browser: Browser;
  let running: ChildProcess | undefined;
  let complaints: string[];
  let context: BrowserContext;

  beforeAll(async () => {
    browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run'],
    });
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'souk-screen-test-'));
    complaints = [];
    context = await browser.newContext({ locale: 'en-US' });
    context.setDefaultTimeout(60_000);
  });
  afterEach(async () => {
    await context.close();
    await stop();
    await rm(directory, { recursive: true, force: true });
  });

  /** Starts `souk peer --ui` and gives what it announces. */
  async function start(controlPort = '0'): Promise<z.infer<typeof announced>> {
    const options = ['--port', '0', '--host', '127.0.0.1', '--control-port', controlPort];
    const child = spawn(
      process.execPath,
      [
        ...['--disable-warning=ExperimentalWarning', souk, '--json', '--data', directory],
        ...['peer', '--ui', '--no-open', '--log-level', 'error', ...options],
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    running = child;
    let text = '';
    for await (const part of child.stdout) {
      text += part;
      if (text.trimEnd().endsWith('\n}')) break;
    }
    return announced.parse(JSON.parse(text));
  }

  async function stop(): Promise<void> {
    const child = running;
    running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  /** A page whose every complaint is kept: errors, and what its policy forbade. */
  async function look(url: string): Promise<Page> {
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.exposeFunction('complain', (what: string) => void complaints.push(what));
    await page.addInitScript(
      "document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => " +
        // biome-ignore lint/suspicious/noTemplateCurlyInString: the page reads it
        'complain(`forbidden: ${effectiveDirective} ${blockedURI}`))',
    );
    await page.goto(url);
    return page;
  }

  it('loads under its policy without a complaint, keeps the ticket out of the address, and reloads', async () => {
    const { screen } = await start();
    const page = await look(screen);
    await page.locator('#root button').first().waitFor();
    expect(page.url()).not.toContain('ticket');
    await page.reload();
    await page.locator('#root button').first().waitFor();
    expect(complaints).toEqual([]);
  });

  it('opens one window for each address, and says so to the next', async () => {
    const { screen } = await start();
    const first = await look(screen);
    await first.locator('#root button').first().waitFor();
    const second = await look(screen);
    await second.getByText('This address was used already').waitFor();
  });

  it('goes on in a window of an earlier start when a new address is put into it', async () => {
    const { screen, control } = await start();
    const page = await look(screen);
    await page.locator('#root button').first().waitFor();
    await stop();
    const again = await start(new URL(control.url).port);
    await page.getByText('This window belongs to an earlier start').waitFor();
    await page.goto(again.screen);
    await page.locator('#root button').first().waitFor();
  });

  it('runs no script and loads no image that a hostile title brought in', async () => {
    const { screen } = await start();
    const page = await look(screen);
    await page.locator('#root button').first().waitFor();
    await page.evaluate(`
      const box = document.createElement('div');
      box.innerHTML = '<img src="data:," onerror="document.title = 1"><img src="http://127.0.0.1:9/x.png">';
      const script = document.createElement('script');
      script.textContent = 'document.title = 1';
      document.body.append(box, script);
    `);
    const directives = () => complaints.filter((each) => each.startsWith('forbidden:')).join('\n');
    await expect.poll(directives).toContain('script-src-elem inline');
    await expect.poll(directives).toContain('script-src-attr inline');
    await expect.poll(directives).toContain('img-src http://127.0.0.1:9/x.png');
    expect(await page.title()).toBe('Souk');
  });

  it('says what is the matter where the address came without its token', async () => {
    const { control } = await start();
    const page = await look(control.url);
    await page.getByText('No peer behind this window').waitFor();
    expect(complaints).toEqual([]);
  });

  it('tells an open window that its peer is away, and after a new start how to go on', async () => {
    const { screen, control } = await start();
    const page = await look(screen);
    await page.locator('#root button').first().waitFor();
    await stop();
    await page.getByText('The peer does not answer').first().waitFor();
    await start(new URL(control.url).port);
    await page.getByText('This window belongs to an earlier start').waitFor();
  });

  it('waits with a page whose files do not come because the peer is away, and then shows it', async () => {
    await writeFile(join(directory, 'settings.json'), JSON.stringify({ setup: { done: true } }));
    const { screen, control } = await start();
    // From the beginning: the code of all pages comes by itself while nothing else is done.
    for (const files of ['deals-page', 'earnings-page']) {
      await context.route(`**/assets/${files}*`, (route) => route.abort());
    }
    const page = await look(screen);
    const failed = () => complaints.join('\n').split('ERR_FAILED').length - 1;
    await expect.poll(failed, { timeout: 60_000 }).toBeGreaterThanOrEqual(2);
    await context.unroute('**/assets/deals-page*');
    // The browser remembers that they did not come: the window is loaded anew.
    await page.evaluate("location.hash = '#/deals'");
    await page.getByRole('heading', { name: 'Deals' }).waitFor();
    await stop();
    // Its files never came: neither does it come, nor does the window go with it.
    await page.evaluate("location.hash = '#/earnings'");
    await page.getByText('The peer does not answer').first().waitFor();
    await page.getByRole('navigation').waitFor();
    await start(new URL(control.url).port);
    await page.getByText('This window belongs to an earlier start').waitFor();
  });
});
