import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { goTo, openBrowser } from '../e2e/ui/browser.ts';
import { startControlServer } from '../main/bridge/http-server.ts';
import { Router } from '../main/bridge/router.ts';
import { startPeer } from '../main/host/index.ts';
import { buildPage, openRenderer, screenUrl } from '../main/ui/index.ts';
import { version } from '../main/version.ts';
import { ok } from '../src/result.ts';
import { longAnswer, rowsTotal, searchId } from './long-lists.ts';
import { type BenchResult, result } from './result.ts';

const scrollMs = 6_000;
const pixelsPerFrame = 160;
const loadMsMax = 120_000;

/** Frames a second while 100,000 bids on as many documents scroll, against an empty list of their height. */
export function uiScroll(directory: string): Promise<BenchResult> {
  return scrolled('ui-scroll', directory, `search/${searchId}`);
}

/** The same of 100,000 deals, which come in pages while they scroll. */
export function uiScrollDeals(directory: string): Promise<BenchResult> {
  return scrolled('ui-scroll-deals', directory, 'deals');
}

async function scrolled(name: string, directory: string, place: string): Promise<BenchResult> {
  await buildPage(() => undefined);
  const peer = await startPeer({
    dataDirectory: join(directory, 'peer'),
    log: pino({ level: 'warn' }, pino.destination(2)),
    settings: (current) => ({ ...current, host: '127.0.0.1', port: 0, setup: { done: true } }),
  });
  const program = {
    version,
    now: () => Date.now(),
    memoryBytes: () => process.memoryUsage.rss(),
    stop: () => undefined,
  };
  const router = new Router({ peer, program, onFault: (error) => console.error(error) });
  const call: Router['call'] = async (method, input) => {
    const long = longAnswer(peer.self, method, input);
    return long === undefined ? router.call(method, input) : ok(long);
  };
  const listen: Router['listen'] = (...args) => router.listen(...args);
  const server = await startControlServer(
    { call, listen },
    { port: 0, page: await openRenderer() },
  );
  const browser = await openBrowser();
  try {
    const address = screenUrl(server.url, server.newTicket());
    const shown = await framesOfPage(browser, address, place);
    const bare = await framesOfNothing(browser);
    return result(
      name,
      { value: shown, unit: 'frames/s' },
      { limitName: 'an empty list of the same height', limit: bare },
    );
  } finally {
    await browser.close();
    await server.close();
    router.close();
    await peer.close();
  }
}

async function framesOfPage(browser: Browser, address: string, place: string): Promise<number> {
  const shown = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await shown.goto(address);
  await goTo(shown, place);
  await shown.locator('.souk-table-row').nth(10).waitFor({ timeout: loadMsMax });
  if (place.startsWith('search')) await everyRow(shown);
  const frames = await scroll(shown, '.souk-table');
  await shown.close();
  return frames;
}

/** Waits until the list has all its rows: what it is told of while it scrolls is not what is measured. */
async function everyRow(shown: Page): Promise<void> {
  const list = shown.locator(`.souk-table[aria-rowcount="${rowsTotal + 1}"]`);
  await list.waitFor({ timeout: loadMsMax });
}

async function framesOfNothing(browser: Browser): Promise<number> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><div id="list" style="height: 700px; overflow: auto"><div style="height: ${rowsTotal * 44}px">`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const empty = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await empty.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const frames = await scroll(empty, '#list');
  await empty.close();
  server.closeAllConnections();
  server.close();
  return frames;
}

/** Scrolls on with every frame, and counts the frames. */
async function scroll(shown: Page, list: string): Promise<number> {
  const counted = await shown.evaluate(`new Promise((resolve) => {
    const list = document.querySelector(${JSON.stringify(list)});
    const began = performance.now();
    let frames = 0;
    const frame = () => {
      frames += 1;
      list.scrollTop += ${pixelsPerFrame};
      const passed = performance.now() - began;
      if (passed < ${scrollMs}) requestAnimationFrame(frame);
      else resolve({ perSecond: frames / (passed / 1000), far: list.scrollTop });
    };
    requestAnimationFrame(frame);
  })`);
  const { perSecond, far } = counted as { perSecond: number; far: number };
  if (far < pixelsPerFrame * 20) throw new Error('The list did not scroll.');
  return perSecond;
}
