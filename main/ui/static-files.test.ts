import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakePeer } from '../bridge/fake-peer.suite.ts';
import { type ControlServer, startControlServer } from '../bridge/http-server.ts';
import { openStaticFiles } from './static-files.ts';

const secret = 'not to be seen';

describe('the screen on loopback', () => {
  const fake = fakePeer();
  let folder: string;
  let server: ControlServer;
  let port: number;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'souk-ui-'));
    const page = join(folder, 'page');
    mkdirSync(join(page, 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.js'), secret);
    writeFileSync(
      join(page, 'index.html'),
      '<meta name="csp-nonce" content="__SOUK_NONCE__"><script src="./assets/a-1.js"></script>',
    );
    writeFileSync(join(page, 'other.html'), '<meta name="csp-nonce" content="__SOUK_NONCE__">');
    writeFileSync(join(page, 'assets', 'a-1.js'), 'run()');
    writeFileSync(join(page, 'assets', 'a-1.css'), 'a{}');
    writeFileSync(join(page, 'assets', 'i-1.woff2'), 'font');
    writeFileSync(join(page, 'assets', 'strange.exe'), secret);
    writeFileSync(join(page, 'robots.json'), '{}');
    symlinkSync(join(folder, 'secret.js'), join(page, 'linked.js'));
    symlinkSync(folder, join(page, 'up'));
    server = await startControlServer(fake.router, { port: 0, page: await openStaticFiles(page) });
    port = Number(new URL(server.url).port);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  interface Answer {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly text: string;
  }

  /** As it stands, without a token: fetch would tidy the path up before it is sent. */
  function get(
    path: string,
    { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const sent = request({ host: '127.0.0.1', port, path, method, headers });
      sent.on('error', reject);
      sent.on('response', (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      });
      sent.end();
    });
  }

  it('serves the page to a browser that has no token to show yet', async () => {
    const { status, headers } = await get('/');
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(headers['access-control-allow-origin']).toBeUndefined();
  });

  it('allows the page exactly what it needs, and styles by a nonce that is new each time', async () => {
    const nonces = [];
    for (let n = 0; n < 2; n++) {
      const { headers, text } = await get('/?anything');
      const nonce = /content="([A-Za-z0-9+/]{24})"/.exec(text)?.[1] ?? '';
      nonces.push(nonce);
      expect(headers['content-security-policy']).toBe(
        `default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'nonce-${nonce}'; font-src 'self'; ` +
          "img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'",
      );
    }
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  it('gives a second page its own nonce and the same policy', async () => {
    const { headers, text } = await get('/other.html');
    const nonce = /content="([A-Za-z0-9+/]{24})"/.exec(text)?.[1] ?? 'none';
    expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['/assets/a-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/a-1.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/i-1.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
    ['/robots.json', 'application/json; charset=utf-8', 'no-cache'],
  ])('serves %s as what it is, and kept as long as its name holds', async (path, type, kept) => {
    const { status, headers } = await get(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'content-type': type, 'cache-control': kept });
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('answers HEAD with the same headers and nothing else', async () => {
    const { headers, text } = await get('/assets/a-1.js', { method: 'HEAD' });
    expect(headers['content-length']).toBe('5');
    expect(text).toBe('');
  });

  it.each([
    '/../secret.js',
    '/assets/../../secret.js',
    '/%2e%2e/secret.js',
    '/..%2fsecret.js',
    '/..%5csecret.js',
    '/..\\secret.js',
    '/assets/%2e%2e/%2e%2e/secret.js',
    '/%252e%252e/secret.js',
    '/....//secret.js',
    '/assets/..;/../secret.js',
    '//secret.js',
    '///etc/passwd',
    '/assets/a-1.js/',
    '/assets/a-1.js%00.css',
    '/assets/a-1%2ejs',
    '/ASSETS/a-1.js',
    '/assets/',
    '/assets',
    '/linked.js',
    '/up/secret.js',
    '/assets/strange.exe',
    '/index.html',
    '/favicon.ico',
    '/__proto__',
    '/constructor',
    '/rpc',
    '/eventsx',
    '/x/../rpc/peer.stop',
    'http://elsewhere.example/',
  ])('has nothing at %s', async (path) => {
    const { status, text } = await get(path);
    expect(status).toBe(404);
    expect(text).not.toContain(secret);
    expect(fake.stopped).toBe(false);
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE'])('refuses %s', async (method) => {
    for (const path of ['/', '/assets/a-1.js', '/nothing']) {
      const { status, headers } = await get(path, { method });
      expect(status).toBe(405);
      expect(headers['allow']).toBe('GET, HEAD');
    }
  });

  it.each<[string, Record<string, string>]>([
    ['a name that resolves to this machine', { host: 'attacker.example' }],
    ['localhost, which is another origin', { host: `localhost:1` }],
    ['another port', { host: '127.0.0.1:1' }],
    ['the page of another site', { origin: 'https://attacker.example' }],
    ['a sandboxed page', { origin: 'null' }],
    ['a request across sites', { 'sec-fetch-site': 'cross-site' }],
    ['a request from another port', { 'sec-fetch-site': 'same-site' }],
  ])('shows nothing to %s', async (_who, headers) => {
    for (const path of ['/', '/assets/a-1.js', '/nothing']) {
      expect((await get(path, { headers })).status).toBe(403);
    }
  });

  it('still asks for the token where the peer is driven or heard', async () => {
    expect((await get('/rpc/peer.stop', { method: 'POST' })).status).toBe(401);
    expect((await get('/rpc/', { method: 'POST' })).status).toBe(401);
    expect((await get('/events')).status).toBe(401);
    expect((await get('/events?after=0')).status).toBe(401);
    expect(fake.stopped).toBe(false);
  });

  it('says what to do where no page is built', async () => {
    const nowhere = join(folder, 'nowhere');
    await expect(openStaticFiles(nowhere)).rejects.toMatchObject({ code: 'folder-unreadable' });
    await expect(openStaticFiles(nowhere)).rejects.toThrow('npm run build');
    await expect(openStaticFiles(join(folder, 'page', 'assets'))).rejects.toThrow('npm run build');
  });
});
