import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DemoResult } from '../main/demo/result.ts';

const program = fileURLToPath(new URL('../main/demo/demo.ts', import.meta.url));

let directory: string;
let running: ChildProcess | undefined;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'souk-demo-test-'));
});

afterEach(async () => {
  running?.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

/** Starts the demo; its data goes below this test's own directory, so that what it leaves there shows. */
function start(...options: string[]) {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, ...options],
    {
      env: { ...process.env, TMPDIR: directory, TMP: directory, TEMP: directory, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running = child;
  let [out, errors] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, out, errors }));
  return { child, ended, said: () => out };
}

/** The demo's peers bind their ports: one that still runs answers at its control address. */
async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

describe('the demo market', () => {
  it('trades real files over three hops and balances every book', async () => {
    const { code, out, errors } = await start('--json').ended;

    expect(errors).toBe('');
    expect(code).toBe(0);
    const result = JSON.parse(out) as DemoResult;
    expect(Object.keys(result)).toEqual([
      'peers',
      'deals',
      'delivered',
      'verified',
      'hopsMax',
      'discovered',
      'commissions',
      'settlements',
      'currencies',
      'booksBalanced',
      'durationMs',
    ]);
    expect(result.peers).toBeGreaterThanOrEqual(6);
    expect(result.hopsMax).toBe(3);
    expect(result.delivered).toBeGreaterThan(5);
    expect(result.verified).toBe(result.delivered);
    expect(result.deals).toBe(result.delivered + result.commissions);
    expect(result.commissions).toBe(2);
    expect(result.discovered).toBeGreaterThanOrEqual(3);
    expect(result.settlements).toBeGreaterThan(0);
    expect(result.booksBalanced).toBe(true);
    expect(result.currencies.length).toBeGreaterThanOrEqual(3);
    for (const { issued, destroyed, sumOfBalances } of result.currencies) {
      expect(destroyed).toBeGreaterThan(0);
      expect(issued - destroyed).toBe(sumOfBalances);
    }
    expect(await readdir(directory)).toEqual([]);
  });

  it("sells from the user's own folder, and goes on until it is interrupted", async () => {
    const own = await mkdtemp(path.join(tmpdir(), 'souk-demo-own-'));
    await writeFile(path.join(own, 'A letter home.txt'), 'Dear all, the market is open.');
    try {
      const { child, ended, said } = start('--folder', own, '--keep');
      const goesOn = Promise.withResolvers<void>();
      child.stdout.on('data', () => {
        if (said().includes('Ctrl-C')) goesOn.resolve();
      });
      await Promise.race([goesOn.promise, ended]);
      const urls = [...said().matchAll(/http:\/\/127\.0\.0\.1:\d+/g)].map(([url]) => url);
      expect(said().replace(/\s+/g, ' ')).toContain('"A letter home"');
      expect(urls.length).toBe(7);
      expect(await Promise.all(urls.map(answers))).toEqual(urls.map(() => true));

      child.kill('SIGINT');
      const { code, errors } = await ended;

      expect(errors).toBe('');
      expect(code).toBe(0);
      expect(await Promise.all(urls.map(answers))).toEqual(urls.map(() => false));
      expect(await readdir(directory)).toEqual([]);
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  });

  it('tells why it cannot start, with exit code 1, and leaves nothing behind', async () => {
    const missing = path.join(directory, 'nowhere');
    const { code, out, errors } = await start('--folder', missing, '--json').ended;

    expect(code).toBe(1);
    expect(out).toBe('');
    expect(errors).toContain('nowhere is not a folder that can be read');
    expect(await readdir(directory)).toEqual([]);
  });
});
