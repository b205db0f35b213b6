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

/** One file as it is answered: what is in it and the headers that go with it. */
export interface PageFile {
  readonly content: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
}

/** The screen's files by the path of their address; `/` is the page. Pages have a new nonce each time. */
export interface PageFiles {
  find(path: string): PageFile | undefined;
}

/**
 * Reads the built renderer into memory. Only what stood in the directory at the start has an address, so no
 * path leads out of it. Throws `folder-unreadable` where no page is built there.
 */
export async function readPageFiles(directory: string): Promise<PageFiles> {
  const files = await readFiles(directory);
  const index = `/${indexFile}`;
  if (!files.has(index)) throw notBuilt(directory);
  const pages = new Map<string, string>();
  for (const [path, { content }] of files) {
    if (!path.endsWith('.html')) continue;
    pages.set(path === index ? '/' : path, content.toString('utf8'));
    files.delete(path);
  }
  return {
    find: (path) => {
      const page = pages.get(path);
      return page === undefined ? files.get(path) : withNonce(page);
    },
  };
}

/** Serves the screen's files on loopback to anybody on this machine: they hold no secret. */
export async function openStaticFiles(directory: string): Promise<PageHandler> {
  const files = await readPageFiles(directory);
  return (request, response) => {
    const refusal = refusalOf(request, response);
    if (refusal) return refusal;
    const [path = ''] = (request.url ?? '').split('?');
    const file = files.find(path);
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

function withNonce(page: string): PageFile {
  const nonce = randomBytes(nonceBytes).toString('base64');
  const content = Buffer.from(page.replaceAll(noncePlace, nonce));
  const headers = headersOf(content, 'text/html; charset=utf-8', 'no-store');
  return {
    content,
    headers: { ...headers, 'content-security-policy': contentSecurityPolicy(nonce) },
  };
}

function headersOf(content: Buffer, type: string, cacheControl: string): PageFile['headers'] {
  return {
    ...pageHeaders,
    'content-type': type,
    'content-length': content.length,
    'cache-control': cacheControl,
  };
}

/** Node sends no body in answer to HEAD. */
function send(response: ServerResponse, { content, headers }: PageFile): void {
  response.writeHead(200, headers);
  response.end(content);
}

/** Links are left out: they may lead out of the directory. */
async function readFiles(directory: string): Promise<Map<string, PageFile>> {
  const files = new Map<string, PageFile>();
  for (const entry of await list(directory)) {
    const type = contentTypes[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).split(sep).join('/');
    const cacheControl = name.startsWith(builtFolder)
      ? 'public, max-age=31536000, immutable'
      : 'no-cache';
    const content = await readFile(path);
    files.set(`/${encodeURI(name)}`, { content, headers: headersOf(content, type, cacheControl) });
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
