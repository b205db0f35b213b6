import type { IncomingMessage, ServerResponse } from 'node:http';
import type { PeerId } from '../../src/identity/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
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
import type { Admission } from './admission.ts';
import type { RequestHandler } from './exchange.ts';
import { HttpExchange } from './http-exchange.ts';
import {
  type AsyncVerifier,
  checkContentType,
  openStatements,
  parseBearer,
  parseBody,
  parseSearch,
} from './parse-request.ts';
import { refuse } from './problem-response.ts';
import { readRequestBody } from './read-body.ts';
import type { AsyncSigner } from './seal-body.ts';

export interface RequestParts {
  readonly handler: RequestHandler;
  readonly signer: AsyncSigner;
  readonly verifier: AsyncVerifier;
  now(): Milliseconds;
  /** Bodies that trickle in hold a place: they must be whole after this. */
  readonly bodyTimeoutMs?: Milliseconds;
  /** Told of what should not happen: a handler that threw. */
  onFault?(error: unknown): void;
}

export interface TakingParts extends RequestParts {
  readonly door: Admission;
}

const bodyTimeoutMsDefault = 10_000;

/** Takes one request of a route, from its head to the handler, or refuses it. */
export async function takeRequest(
  name: RouteName,
  caller: PeerId,
  parts: TakingParts,
  request: IncomingMessage,
  params: unknown,
  response: ServerResponse,
): Promise<void> {
  const route: Route = routes[name];
  const place = parts.door.enter(caller, route.streams === true);
  if (!place.ok) return refuse(request, response, place.error);
  const exchange = new HttpExchange(response, parts.signer, (error) => parts.onFault?.(error));
  exchange.whenOver(place.value);
  const parsed = await parse(name, route, parts, request, params);
  if (response.destroyed) return;
  if (!parsed.ok) {
    if (parsed.error.code === 'request-timeout') response.setHeader('Connection', 'close');
    return refuse(request, response, parsed.error);
  }
  hand(caller, parsed.value, route, parts, exchange);
}

/** Everything about a request's form, cheapest first; the body is read only after its head was found good. */
async function parse(
  name: RouteName,
  route: Route,
  parts: TakingParts,
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
  parts: TakingParts,
  exchange: HttpExchange,
): void {
  const late = () =>
    exchange.expire(
      problem('unavailable', 'This peer did not find its answer in time. Try again.'),
    );
  const timer = setTimeout(late, route.timeoutMs);
  exchange.whenOver(() => clearTimeout(timer));
  try {
    parts.handler.handle(caller, request, exchange);
  } catch (error) {
    parts.onFault?.(error);
    exchange.refuse(problem('internal', 'This peer could not carry out the request.'));
  }
}
