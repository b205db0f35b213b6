import type { Route } from 'playwright-core';

/**
 * Chromium alone knows no `app:` scheme. The page lives at an https address that stands for it, and that
 * no request ever reaches: all are answered here. `app://souk/x` is `https://souk.app.invalid/x`.
 */
const suffix = '.app.invalid';

export function standFor(url: string): string {
  return url.replace(/^app:\/\/([a-z]+)/, `https://$1${suffix}`);
}

export function standsFor(url: string): string {
  return url.replace(/^(blob:)?https:\/\/([a-z]+)\.app\.invalid/, '$1app://$2');
}

type Handler = (request: Request) => Response | Promise<Response>;

const handlers = new Map<string, Handler>();
/** What a page asked of other hosts; none of it is ever sent. */
export const refusedRequests: string[] = [];
export const privileged: unknown[] = [];

export const protocol = {
  registerSchemesAsPrivileged: (schemes: readonly unknown[]): void => {
    privileged.push(...schemes);
  },
  handle: (scheme: string, handler: Handler): void => {
    handlers.set(scheme, handler);
  },
};

/** Answers a page's request from the scheme's handler. */
export async function answerRoute(route: Route): Promise<void> {
  const request = route.request();
  const url = standsFor(request.url());
  const handler = handlers.get('app');
  if (!url.startsWith('app://') || !handler) {
    refusedRequests.push(url);
    return await route.abort('blockedbyclient');
  }
  const body = request.postData();
  const response = await handler(
    new Request(url, { method: request.method(), ...(body !== null && { body }) }),
  );
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}
