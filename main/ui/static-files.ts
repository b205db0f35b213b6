import { randomBytes } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, relative, sep } from 'node:path';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import type { PageHandler } from '../bridge/page-handler.ts';
import { contentSecurityPolicy, pageHeaders } from './page-headers.ts';

const indexFile = 'index.html';
const noncePlace = '__SOUK_NONCE__';
const nonceBytes = 18;
/** Vite names what it builds by its content: under such a name nothing ever changes. */
const builtFolder = 'assets/';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface StaticFile {
  readonly content: Buffer;
  readonly type: string;
  readonly cacheControl: string;
}

/**
 * Reads the built renderer into memory and serves it to anybody on this machine: its files hold no secret.
 * Only what stood in the directory at the start has an address, so no path leads out of it. Throws
 * `folder-unreadable` where no page is built there.
 */
export async function openStaticFiles(directory: string): Promise<PageHandler> {
  const files = await readFiles(directory);
  const index = files.get(`/${indexFile}`);
  if (!index) throw notBuilt(directory);
  const page = index.content.toString('utf8');
  files.delete(`/${indexFile}`);

  return (request, response) => {
    const refusal = refusalOf(request, response);
    if (refusal) return refusal;
    const [path = ''] = (request.url ?? '').split('?');
    if (path === '/') {
      sendPage(response, page);
      return undefined;
    }
    const file = files.get(path);
    if (!file) return problem('not-found', 'There is nothing at this address.');
    send(response, file);
    return undefined;
  };
}

function refusalOf(request: IncomingMessage, response: ServerResponse): Problem | undefined {
  if (request.method === 'GET' || request.method === 'HEAD') return undefined;
  response.setHeader('allow', 'GET, HEAD');
  return problem('method-not-allowed', 'This address takes GET.');
}

function sendPage(response: ServerResponse, page: string): void {
  const nonce = randomBytes(nonceBytes).toString('base64');
  response.setHeader('content-security-policy', contentSecurityPolicy(nonce));
  send(response, {
    content: Buffer.from(page.replaceAll(noncePlace, nonce)),
    type: 'text/html; charset=utf-8',
    cacheControl: 'no-store',
  });
}

/** Node sends no body in answer to HEAD. */
function send(response: ServerResponse, { content, type, cacheControl }: StaticFile): void {
  response.writeHead(200, {
    ...pageHeaders,
    'content-type': type,
    'content-length': content.length,
    'cache-control': cacheControl,
  });
  response.end(content);
}

/** Links are left out: they may lead out of the directory. */
async function readFiles(directory: string): Promise<Map<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await list(directory)) {
    const type = contentTypes[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).split(sep).join('/');
    const cacheControl = name.startsWith(builtFolder)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache';
    files.set(`/${encodeURI(name)}`, { content: await readFile(path), type, cacheControl });
  }
  return files;
}

async function list(directory: string): Promise<Dirent[]> {
  return await readdir(directory, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      throw notBuilt(directory, cause);
    },
  );
}

function notBuilt(directory: string, cause?: unknown): SoukError {
  const detail = `There is no page in ${directory}. Build it with: npm run build`;
  return new SoukError('folder-unreadable', detail, { cause });
}
