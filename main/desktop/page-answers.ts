import type { PageFiles } from '../ui/index.ts';

/** Answers a request for `app://souk/…` with the screen's files, and nothing else from the disk. */
export function answerPage(files: PageFiles, request: Request): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(undefined, { status: 405, headers: { allow: 'GET, HEAD' } });
  }
  const file = files.find(new URL(request.url).pathname);
  if (!file) return new Response(undefined, { status: 404 });
  const headers = Object.entries(file.headers).map(
    ([name, value]) => [name, String(value)] as const,
  );
  const body = request.method === 'HEAD' ? undefined : new Uint8Array(file.content);
  return new Response(body, { headers: Object.fromEntries(headers) });
}
