import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { openBrowser } from '../e2e/ui/browser.ts';
import { buildPage, packageRoot } from '../main/ui/index.ts';
import { type BenchResult, median, result } from './result.ts';

const rounds = 5;
const staticServer = `
  const server = require('node:http').createServer((request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end('<!doctype html><title>Static</title><main><h1>Static</h1></main>');
  });
  server.listen(0, '127.0.0.1', () => console.log('http://127.0.0.1:' + server.address().port + '/#'));
`;

/** From `npm start`, built, to the first page that can be used, against a bare Node server and a static page. */
export async function uiStart(directory: string): Promise<BenchResult> {
  await buildPage(() => undefined);
  const data = join(directory, 'peer');
  await mkdir(data, { recursive: true });
  const settings = { host: '127.0.0.1', port: 0, market: { name: 'Bench' }, setup: { done: true } };
  await writeFile(join(data, 'settings.json'), JSON.stringify(settings));
  const start = [
    ...['--disable-warning=ExperimentalWarning', '--import', './main/cli/compile-cache.mjs'],
    ...['main/start.ts', '--browser', '--no-open', '--data', data],
  ];
  const browser = await openBrowser();
  try {
    // The first start makes the key and what Node keeps of the sources.
    await millisecondsTo(browser, start, 'main h1');
    const souk: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      souk.push(await millisecondsTo(browser, start, 'main h1'));
      bare.push(await millisecondsTo(browser, ['-e', staticServer], 'h1'));
    }
    return result(
      'ui-start',
      { value: median(souk), unit: 'ms' },
      {
        limitName: 'a bare Node server and its static page in the same browser',
        limit: median(bare),
      },
    );
  } finally {
    await browser.close();
  }
}

/** Starts a program that says an address, and waits until the page there shows an element. */
async function millisecondsTo(
  browser: Browser,
  args: readonly string[],
  element: string,
): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await page.goto(await addressSaidBy(child));
    await page.locator(element).first().waitFor();
    return performance.now() - began;
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    await context.close();
  }
}

function addressSaidBy(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (part) => {
      text += part;
      const address = /http:\/\/127\.0\.0\.1:\d+\/#\S*/.exec(text)?.[0];
      if (address !== undefined && text.includes('\n', text.indexOf(address))) resolve(address);
    });
    child.once('exit', (code) => reject(new Error(`It ended with ${code}: ${text}`)));
  });
}
