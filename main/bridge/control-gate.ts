import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { type Problem, problem } from '../../src/problem.ts';

/**
 * Who may speak to the control service at all: only what runs on this machine. A page of another site
 * cannot reach it, not even under a name that resolves to this machine (DNS rebinding).
 */
export function strangerRefusal(
  headers: IncomingHttpHeaders,
  authority: string,
): Problem | undefined {
  if (headers.host !== authority) {
    return problem('wrong-origin', `This service answers as ${authority} only.`);
  }
  if (headers.origin !== undefined && headers.origin !== `http://${authority}`) {
    return problem('wrong-origin', 'Pages of other sites may not drive this peer.');
  }
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none') {
    return problem('wrong-origin', 'Pages of other sites may not drive this peer.');
  }
  return undefined;
}

/** And who may drive the peer: only what knows the token of this start. */
export function tokenRefusal(headers: IncomingHttpHeaders, token: string): Problem | undefined {
  if (!sameSecret(bearerOf(headers.authorization), token)) {
    return problem('unauthorized', 'The control token is missing or that of another start.');
  }
  return undefined;
}

function bearerOf(authorization: string | undefined): string {
  return /^Bearer ([A-Za-z0-9_-]{1,256})$/.exec(authorization ?? '')?.[1] ?? '';
}

/** Compares digests: neither the content nor the length of a guess shows in the time this takes. */
function sameSecret(guess: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(guess), digest(secret));
}
