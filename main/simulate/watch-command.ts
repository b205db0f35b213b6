import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { problems } from '../../src/problem.ts';
import type { PageHandler } from '../bridge/page-handler.ts';
import { buildPage, openRenderer, showScreen } from '../ui/index.ts';

interface Options {
  readonly port: string;
  readonly open: boolean;
}

/** `simulate watch`: serves the page on which a small market trades, and shows it. Ends with Ctrl+C. */
export function watchCommand(): Command {
  return new Command('watch')
    .description('watch a small simulated market in the browser; no peer is needed')
    .option('--port <port>', 'on 127.0.0.1; 0 for any that is free', '0')
    .option('--no-open', 'print the address and open nothing')
    .action(async ({ port, open }: Options) => {
      await buildPage((line) => console.error(line));
      const { url } = await servePage(await openRenderer(), Number(port));
      console.log(`A market to watch: ${url}\nEnd with Ctrl+C.`);
      if (open) await showScreen(url, join(tmpdir(), 'souk-watch'));
    });
}

/** Serves the page to browsers of this machine: it has no secret and reaches no peer. */
export async function servePage(
  page: PageHandler,
  port: number,
): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const refusal = page(request, response);
    if (!refusal) return;
    response.writeHead(problems[refusal.code].status, { 'content-type': 'text/plain' });
    response.end(`${refusal.detail}\n`);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${taken}/watch.html`, server };
}
