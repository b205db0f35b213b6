import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as z from 'zod';
import { type Problem, problem, problems, SoukError } from '../../src/problem.ts';
import { strangerRefusal, tokenRefusal } from './control-gate.ts';
import { streamEvents } from './event-stream.ts';
import type { PageHandler } from './page-handler.ts';
import type { Router } from './router.ts';
import { Tickets } from './tickets.ts';

const loopback = '127.0.0.1';
const tokenBytes = 32;
/** The largest honest input is a settings patch. */
const bodyBytesMax = 256 * 1024;
const streamsMax = 32;
/** Answers under way may end; then what is still connected is hung up on. */
const closeGraceMs = 1_000;
const redeemPath = '/tickets/redeem';
const redemption = z.strictObject({ ticket: z.string().max(256) });

export interface ControlServer {
  readonly url: string;
  /** Made for this start; whoever has it drives the peer and spends its money. */
  readonly token: string;
  /** For an address that opens the page: it stands for the token once, for ten minutes. */
  newTicket(): string;
  close(): Promise<void>;
}

/**
 * The control service: `POST /rpc/<method>`, `GET /events` and `POST /tickets` on 127.0.0.1, for callers that
 * have the token: a new one, unless one is handed over. `POST /tickets/redeem` gives it for a ticket. Everything
 * else is the page's, where there is one, and needs no token. Throws `port-in-use`.
 */
export async function startControlServer(
  router: Pick<Router, 'call' | 'listen'>,
  options: { readonly port: number; readonly token?: string; readonly page?: PageHandler },
): Promise<ControlServer> {
  const { page, token = randomBytes(tokenBytes).toString('base64url') } = options;
  let authority = '';
  const streams = new Set<ServerResponse>();
  const tickets = new Tickets();
  const service: Service = { router, streams, tickets, token };
  const server = createServer((request, response) => {
    const stranger = strangerRefusal(request.headers, authority);
    if (stranger) return refuse(response, stranger);
    if (page && !isControl(request.url)) {
      const refusal = page(request, response);
      return refusal ? refuse(response, refusal) : undefined;
    }
    const redeems = request.url === redeemPath;
    const refusal = redeems ? undefined : tokenRefusal(request.headers, token);
    if (refusal) return refuse(response, refusal);
    (redeems ? redeem : answer)(service, request, response).catch(() =>
      refuse(response, problem('internal', 'The answer failed.')),
    );
  });
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  const port = await listen(server, options.port);
  authority = `${loopback}:${port}`;
  return {
    url: `http://${authority}`,
    token,
    newTicket: () => tickets.issue(),
    close: () => close(server, streams),
  };
}

/** As it was sent: what only becomes a method by taking out dots is none. */
function isControl(url: string | undefined): boolean {
  return url !== undefined && /^\/(rpc\/|events(\?|$)|tickets(\/|$))/.test(url);
}

interface Service {
  readonly router: Pick<Router, 'call' | 'listen'>;
  readonly streams: Set<ServerResponse>;
  readonly tickets: Tickets;
  readonly token: string;
}

/** The one way in without the token; a page of another site has been refused before. */
async function redeem(
  { tickets, token }: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return refuseMethod(response, 'POST');
  const input = await readJson(request);
  if (!input.ok) return refuse(response, input.problem);
  const said = redemption.safeParse(input.value);
  if (!said.success || !tickets.redeem(said.data.ticket)) {
    return refuse(response, problem('unauthorized', 'This ticket was used before or is too old.'));
  }
  send(response, 200, { token });
}

async function answer(
  { router, streams, tickets }: Service,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = URL.parse(request.url ?? '/', 'http://loopback');
  if (!address) return refuseUnknown(response);
  const { pathname, searchParams } = address;
  if (pathname === '/events') {
    if (request.method !== 'GET') return refuseMethod(response, 'GET');
    if (streams.size >= streamsMax) {
      return refuse(response, problem('rate-limited', `${streamsMax} listeners are connected.`));
    }
    streams.add(response);
    response.on('close', () => streams.delete(response));
    const after = searchParams.get('after') ?? request.headers['last-event-id'];
    const number =
      typeof after === 'string' && /^\d{1,15}$/.test(after) ? Number(after) : undefined;
    return streamEvents(response, (from, tell) => router.listen(from, tell), number);
  }
  if (pathname === '/tickets') {
    if (request.method !== 'POST') return refuseMethod(response, 'POST');
    return send(response, 200, { ticket: tickets.issue() });
  }
  const method = /^\/rpc\/([^/]{1,64})$/.exec(pathname)?.[1];
  if (method === undefined) return refuseUnknown(response);
  if (request.method !== 'POST') return refuseMethod(response, 'POST');
  const input = await readJson(request);
  if (!input.ok) return refuse(response, input.problem);
  const result = await router.call(method, input.value);
  if (!result.ok) return refuse(response, result.error);
  send(response, 200, result.value);
}

type Body =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/** Refuses a body while it streams in: memory for one request is bounded. */
async function readJson(request: IncomingMessage): Promise<Body> {
  const [type] = (request.headers['content-type'] ?? '').split(';');
  if (type?.trim().toLowerCase() !== 'application/json') {
    return { ok: false, problem: problem('unsupported-media-type', 'Send application/json.') };
  }
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request.iterator({ destroyOnReturn: false })) {
    length += part.length;
    if (length > bodyBytesMax) {
      request.resume();
      const detail = `A request holds ${bodyBytesMax} bytes at most.`;
      return { ok: false, problem: problem('body-too-large', detail) };
    }
    parts.push(part);
  }
  try {
    return { ok: true, value: JSON.parse(Buffer.concat(parts).toString('utf8')) };
  } catch {
    return { ok: false, problem: problem('bad-request', 'The request is not JSON.') };
  }
}

function refuseUnknown(response: ServerResponse): void {
  refuse(response, problem('not-found', 'There is nothing at this address.'));
}

function refuseMethod(response: ServerResponse, allowed: string): void {
  response.setHeader('allow', allowed);
  refuse(response, problem('method-not-allowed', `This address takes ${allowed}.`));
}

/** A refused caller may still be sending: it is not listened to any longer. */
function refuse(response: ServerResponse, refusal: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.setHeader('connection', 'close');
  send(response, problems[refusal.code].status, refusal);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    // Once it listens, an error is a connection that the system could not give: its caller comes again.
    server.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') return reject(error);
      const detail = `Port ${port} of ${loopback} is in use. Choose another control port, or 0 for any.`;
      reject(new SoukError('port-in-use', detail, { cause: error, members: { port } }));
    });
    server.listen(port, loopback, () => resolve((server.address() as AddressInfo).port));
  });
}

async function close(server: Server, streams: ReadonlySet<ServerResponse>): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const stream of streams) stream.end();
  server.closeIdleConnections();
  const last = setTimeout(() => server.closeAllConnections(), closeGraceMs);
  await closed;
  clearTimeout(last);
}
