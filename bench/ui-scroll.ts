import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Browser, Page } from 'playwright-core';
import { goTo, openBrowser } from '../e2e/ui/browser.ts';
import type { MethodInput, MethodOutput } from '../main/bridge/contract.ts';
import { startControlServer } from '../main/bridge/http-server.ts';
import { Router } from '../main/bridge/router.ts';
import { startPeer } from '../main/host/index.ts';
import { buildPage, openRenderer, screenUrl } from '../main/ui/index.ts';
import { version } from '../main/version.ts';
import type { Amount } from '../src/amount.ts';
import type { PeerId } from '../src/identity/index.ts';
import type { DealId, DocumentId } from '../src/protocol/index.ts';
import { ok } from '../src/result.ts';
import { titleOf } from './documents.ts';
import { type BenchResult, result } from './result.ts';

const deals = 100_000;
const scrollMs = 6_000;
const pixelsPerFrame = 160;

type Deal = MethodOutput<'deals.list'>['deals'][number];

/** Frames a second while a list of 100,000 deals scrolls, in pages as they load, against an empty list of its height. */
export async function uiScroll(directory: string): Promise<BenchResult> {
  await buildPage('newest', () => undefined);
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
  const call: Router['call'] = async (method, input) =>
    method === 'deals.list' ? ok(page(peer.self, input as never)) : router.call(method, input);
  const listen: Router['listen'] = (...args) => router.listen(...args);
  const server = await startControlServer(
    { call, listen },
    { port: 0, page: await openRenderer() },
  );
  const browser = await openBrowser();
  try {
    const shown = await framesOfDeals(browser, screenUrl(server.url, server.newTicket()));
    const bare = await framesOfNothing(browser);
    return result(
      'ui-scroll',
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

function page(self: PeerId, input: MethodInput<'deals.list'>): MethodOutput<'deals.list'> {
  const first = Number(input.before ?? 0);
  const limit = Number(input.limit ?? 100);
  const rows = Array.from({ length: Math.min(limit, deals - first) }, (_, n) =>
    dealOf(self, first + n),
  );
  const next = first + rows.length;
  return { deals: rows, ...(next < deals && { before: String(next) }) };
}

function dealOf(self: PeerId, n: number): Deal {
  const digest = createHash('sha256').update(String(n)).digest().subarray(0, 16);
  const at = Date.UTC(2026, 0, 1) - n * 60_000;
  return {
    side: 'purchase',
    deal: digest.toString('base64url') as DealId,
    documentId: `b3-${'a'.repeat(52)}` as DocumentId,
    title: titleOf(n),
    sizeBytes: 1_000 + n,
    mediaType: 'text/plain',
    currency: self,
    price: (1 + (n % 40)) as Amount,
    ...{ at, since: at, deadlineAt: at + 60_000, history: [{ state: 'delivered', at }] },
    state: 'delivered',
    seller: self,
  };
}

async function framesOfDeals(browser: Browser, address: string): Promise<number> {
  const shown = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-US' });
  await shown.goto(address);
  await goTo(shown, 'deals');
  await shown.locator('.souk-table-row').first().waitFor();
  const frames = await scroll(shown, '.souk-table');
  await shown.close();
  return frames;
}

async function framesOfNothing(browser: Browser): Promise<number> {
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><div id="list" style="height: 700px; overflow: auto"><div style="height: ${deals * 44}px">`,
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
