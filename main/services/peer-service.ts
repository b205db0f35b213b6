import type { IncomingMessage, ServerResponse } from 'node:http';
import express, {
  type ErrorRequestHandler,
  type Express,
  type RequestHandler,
  type Router,
} from 'express';
import type { PeerId } from '../../src/identity/index.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import {
  joinRequest,
  type PeerRequest,
  type Route,
  type RouteName,
  readParams,
  routes,
} from '../../src/protocol/index.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { Milliseconds } from '../../src/time.ts';
import { callerOf } from '../network/index.ts';
import { Admission, type AdmissionBounds, neighborRate } from './admission.ts';
import type { RequestHandler as PeerRequestHandler } from './exchange.ts';
import { HttpExchange } from './http-exchange.ts';
import {
  type AsyncVerifier,
  checkContentType,
  openStatements,
  parseBearer,
  parseBody,
  parseSearch,
} from './parse-request.ts';
import { sendProblem } from './problem-response.ts';
import { discardBody, readRequestBody } from './read-body.ts';
import type { AsyncSigner } from './seal-body.ts';
import type { RequestRate } from './token-bucket.ts';

export interface PeerServiceParts {
  readonly handler: PeerRequestHandler;
  readonly signer: AsyncSigner;
  readonly verifier: AsyncVerifier;
  now(): Milliseconds;
  /** How fast a peer may ask; every peer as a neighbor where it is not said. */
  rateOf?(peer: PeerId): RequestRate;
  readonly admission?: Partial<AdmissionBounds>;
  /** Bodies that trickle in hold a place: they must be whole after this. */
  readonly bodyTimeoutMs?: Milliseconds;
  /** What `documentsRouter` gives; its paths stand beside those of the route table. */
  readonly documents?: Router;
  /** Told of what should not happen: a handler that threw. */
  onFault?(error: unknown): void;
}

const bodyTimeoutMsDefault = 10_000;

/**
 * The service of protocol 3 to 6 as an Express app, built from the route table. Whatever comes in, the
 * answer is that of the handler or a problem document (RFC 9457) with a code of `src/problem.ts`;
 * `internal` stands for faults of this program alone.
 */
export function peerService(parts: PeerServiceParts): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', false);
  const door = new Admission(
    (peer) => parts.rateOf?.(peer) ?? neighborRate,
    () => parts.now(),
    parts.admission,
  );
  app.use(admitPeers(door));
  for (const [path, methods] of routesByPath()) {
    app.all(path, (request, response) => {
      const name = methods.get(request.method);
      if (name === undefined) return refuseMethod(request, response, [...methods.keys()]);
      return serve(name, { ...parts, door }, request, request.params, response);
    });
  }
  if (parts.documents !== undefined) app.use(parts.documents);
  app.use((request, response) => {
    refuse(request, response, problem('not-found', 'Nothing of this protocol is at this address.'));
  });
  app.use(answerFault(parts));
  return app;
}

/** Known peers only, at the rate that is theirs, one request at a time on each connection. */
function admitPeers(door: Admission): RequestHandler {
  const answers = new WeakMap<object, ServerResponse>();
  return (request, response, next) => {
    const before = answers.get(request.socket);
    if (before !== undefined && !before.writableEnded) {
      // No client of this protocol sends the next request before it has the answer.
      request.socket.destroy();
      return;
    }
    answers.set(request.socket, response);
    const caller = callerOf(request);
    if (caller === undefined) return refuseStranger(request, response);
    const tooFast = door.knock(caller);
    if (tooFast !== undefined) return refuse(request, response, tooFast);
    next();
  };
}

/** One path may be asked by several methods, each a route of its own. */
function routesByPath(): Map<string, Map<string, RouteName>> {
  const paths = new Map<string, Map<string, RouteName>>();
  for (const name of routeNames()) {
    const { path, method } = routes[name];
    const methods = paths.get(path) ?? new Map<string, RouteName>();
    paths.set(path, methods.set(method, name));
  }
  return paths;
}

function routeNames(): RouteName[] {
  const isName = (name: string): name is RouteName => Object.hasOwn(routes, name);
  return Object.keys(routes).filter(isName);
}

interface ServiceParts extends PeerServiceParts {
  readonly door: Admission;
}

/** One request from its head to the handler. */
async function serve(
  name: RouteName,
  parts: ServiceParts,
  request: IncomingMessage,
  params: unknown,
  response: ServerResponse,
): Promise<void> {
  const caller = callerOf(request);
  if (caller === undefined) return refuseStranger(request, response);
  const route: Route = routes[name];
  const place = parts.door.enter(caller, route.streams === true);
  if (!place.ok) return refuse(request, response, place.error);
  response.once('close', place.value);
  const parsed = await parse(name, route, parts, request, params);
  if (response.destroyed) return;
  if (!parsed.ok) {
    if (parsed.error.code === 'request-timeout') response.setHeader('Connection', 'close');
    return refuse(request, response, parsed.error);
  }
  hand(caller, parsed.value, route, parts, response);
}

/** Everything about a request's form, cheapest first; the body is read only after its head was found good. */
async function parse(
  name: RouteName,
  route: Route,
  parts: ServiceParts,
  request: IncomingMessage,
  rawParams: unknown,
): Promise<Result<PeerRequest, Problem>> {
  const params = readParams(route, rawParams);
  if (!params.ok) return params;
  const search = parseSearch(route, request.url ?? '');
  if (!search.ok) return search;
  const bearer = parseBearer(route, request.headers.authorization);
  if (!bearer.ok) return bearer;
  if (route.body !== undefined) {
    const wrongType = checkContentType(request);
    if (wrongType !== undefined) return fail(wrongType);
  }
  const timeoutMs = parts.bodyTimeoutMs ?? bodyTimeoutMsDefault;
  const bytes = await readRequestBody(request, route.bodyBytesMax, timeoutMs);
  if (!bytes.ok) return bytes;
  const body = parseBody(route, bytes.value);
  if (!body.ok) return body;
  const opened =
    route.statements === undefined ? body : await openStatements(route, body.value, parts.verifier);
  if (!opened.ok) return opened;
  const checked = { params: params.value, search: search.value, body: opened.value };
  return ok(joinRequest(name, checked, bearer.value));
}

function hand(
  caller: PeerId,
  request: PeerRequest,
  route: Route,
  parts: ServiceParts,
  response: ServerResponse,
): void {
  const exchange = new HttpExchange(response, parts.signer);
  const late = problem('unavailable', 'This peer did not find its answer in time. Try again.');
  const timer = setTimeout(() => exchange.refuse(late), route.timeoutMs);
  response.once('close', () => clearTimeout(timer));
  try {
    parts.handler.handle(caller, request, exchange);
  } catch (error) {
    parts.onFault?.(error);
    exchange.refuse(problem('internal', 'This peer could not carry out the request.'));
  }
}

function refuseMethod(request: IncomingMessage, response: ServerResponse, allowed: string[]): void {
  response.setHeader('Allow', allowed.join(', '));
  const detail = `This address takes ${allowed.join(' and ')}, not ${request.method}.`;
  refuse(request, response, problem('method-not-allowed', detail));
}

function refuseStranger(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Connection', 'close');
  const detail = 'Show a certificate that binds your peer id: only peers are answered here.';
  refuse(request, response, problem('certificate-required', detail));
}

/** Refuses a request whose body may still be on its way. */
function refuse(request: IncomingMessage, response: ServerResponse, why: Problem): void {
  discardBody(request);
  sendProblem(response, why);
}

/** The last of the chain: an address that cannot be decoded is the caller's fault, all else is ours. */
function answerFault(parts: PeerServiceParts): ErrorRequestHandler {
  return (error: unknown, _request, response, _next) => {
    if (error instanceof SoukError) return sendProblem(response, error.toProblem());
    if (error instanceof URIError) {
      return sendProblem(response, problem('bad-request', 'The address cannot be decoded.'));
    }
    parts.onFault?.(error);
    sendProblem(response, problem('internal', 'This peer could not carry out the request.'));
  };
}
