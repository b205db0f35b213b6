import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import type { PeerId } from '../../src/identity/index.ts';
import { problem, SoukError } from '../../src/problem.ts';
import { type RouteName, routes } from '../../src/protocol/index.ts';
import { callerOf } from '../network/index.ts';
import { Admission, type AdmissionBounds, neighborRate } from './admission.ts';
import { refuse, sendProblem } from './problem-response.ts';
import { type RequestParts, type TakingParts, takeRequest } from './take-request.ts';
import type { RequestRate } from './token-bucket.ts';

export interface PeerServiceParts extends RequestParts {
  /** How fast a peer may ask; every peer as a neighbor where it is not said. */
  rateOf?(peer: PeerId): RequestRate;
  readonly admission?: Partial<AdmissionBounds>;
  /** What `documentsRouter` gives; its paths stand beside those of the route table. */
  readonly documents?: Router;
}

/**
 * The service of protocol 3 to 8, built from the route table. Whatever comes in, the answer is that of the
 * handler or a problem document (RFC 9457) with a code of `src/problem.ts`; `internal` stands for faults
 * of this program alone. Requests of a route without parameters are taken by their address at once, as
 * most are; Express finds out about all others (docs/decisions/0015).
 */
export function peerService(parts: PeerServiceParts): RequestListener {
  const door = new Admission(
    (peer) => parts.rateOf?.(peer) ?? neighborRate,
    () => parts.now(),
    parts.admission,
  );
  const taking = { ...parts, door };
  const plain = plainRoutes();
  const others = expressApp(taking, parts.documents);
  const answers = new WeakMap<object, ServerResponse>();
  return (request, response) => {
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
    if (request.headers.host === undefined) return refuseNameless(request, response);
    const name = plain.get(`${request.method} ${request.url}`);
    if (name === undefined) return others(request, response);
    takeRequest(name, caller, taking, request, {}, response).catch((error: unknown) =>
      answerFault(parts, error, response),
    );
  };
}

/** The routes whose path is always the same, by method and path. */
function plainRoutes(): ReadonlyMap<string, RouteName> {
  const plain = routeNames().filter((name) => !routes[name].path.includes(':'));
  return new Map(plain.map((name) => [`${routes[name].method} ${routes[name].path}`, name]));
}

function expressApp(parts: TakingParts, documents: Router | undefined): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('query parser', false);
  for (const [path, methods] of routesByPath()) {
    app.all(path, (request, response) => {
      const caller = callerOf(request);
      if (caller === undefined) return refuseStranger(request, response);
      const name = methods.get(request.method);
      if (name === undefined) return refuseMethod(request, response, [...methods.keys()]);
      return takeRequest(name, caller, parts, request, request.params, response);
    });
  }
  if (documents !== undefined) app.use(documents);
  app.use((request, response) => {
    refuse(request, response, problem('not-found', 'Nothing of this protocol is at this address.'));
  });
  const faults: ErrorRequestHandler = (error: unknown, _request, response, _next) =>
    answerFault(parts, error, response);
  app.use(faults);
  return app;
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

/** As RFC 9112 section 3.2 wants it. */
function refuseNameless(request: IncomingMessage, response: ServerResponse): void {
  refuse(request, response, problem('bad-request', 'Say in the header Host who is asked.'));
}

/** An address that cannot be decoded is the caller's fault, all else is ours. */
function answerFault(parts: RequestParts, error: unknown, response: ServerResponse): void {
  if (error instanceof SoukError) return sendProblem(response, error.toProblem());
  if (error instanceof URIError) {
    return sendProblem(response, problem('bad-request', 'The address cannot be decoded.'));
  }
  parts.onFault?.(error);
  sendProblem(response, problem('internal', 'This peer could not carry out the request.'));
}
