import { type OutgoingRequest, type Route, routes } from '../../src/protocol/index.ts';

/** A request as HTTP has it, but for where it goes. */
export interface WireRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  /** With the query, as in `/lcp/v1/deposits?after=0`. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
}

/** Writes a request of the route table (protocol 3 to 8). Throws where a parameter of its path is missing. */
export function wireRequestOf(request: OutgoingRequest): WireRequest {
  const route: Route = routes[request.route];
  const headers: Record<string, string> = {};
  if (request.bearer !== undefined) headers['authorization'] = `Bearer ${request.bearer}`;
  const head = { method: route.method, path: pathOf(route.path, request), headers };
  if (route.body === undefined) return head;
  headers['content-type'] = 'application/json';
  return { ...head, body: JSON.stringify(request.body ?? {}) };
}

function pathOf(template: string, { params = {}, search = {} }: OutgoingRequest): string {
  const path = template.replace(/:(\w+)/g, (_whole, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`The path ${template} needs "${name}".`);
    return encodeURIComponent(value);
  });
  const pairs = Object.entries(search).map(([key, value]): [string, string] => [
    key,
    String(value),
  ]);
  return pairs.length === 0 ? path : `${path}?${new URLSearchParams(pairs)}`;
}
