import * as z from 'zod';
import type { Opened, StatementPayload, StatementType } from '../identity/index.ts';
import { type Problem, problem } from '../problem.ts';
import { fail, ok, type Result } from '../result.ts';
import { bytes32 } from './fields.ts';
import { type PeerRequest, type Route, type RouteName, routes } from './routes.ts';

/** The members of a part of a request, once its schema was applied. */
export type Members = Readonly<Record<string, unknown>>;

/** A request as it came in, each part still untrusted. */
export interface RawRequest {
  readonly params?: unknown;
  /** The query of the address: each name once, its value a text. */
  readonly search?: Readonly<Record<string, string>>;
  /** The body, read from JSON. */
  readonly body?: unknown;
  /** What `Authorization: Bearer` presents. */
  readonly bearer?: string;
}

/** Opens a statement: `bad-statement` or `bad-signature` otherwise. */
export type OpenStatement = <P extends StatementPayload>(
  type: StatementType<P>,
  text: string,
) => Result<Opened<P>, Problem>;

const detailCharactersMax = 500;
const none: Members = {};

/**
 * Reads a request of protocol 3 to 8 by its route: every part by its schema, statements opened. The one
 * door of a peer, whatever carried the request. Problems: `bad-request`, `bad-statement`, `bad-signature`.
 */
export function readRequest(
  name: RouteName,
  raw: RawRequest,
  open: OpenStatement,
): Result<PeerRequest, Problem> {
  const route: Route = routes[name];
  const params = readParams(route, raw.params ?? {});
  if (!params.ok) return params;
  const search = readSearch(route, raw.search ?? {});
  if (!search.ok) return search;
  const bearer = readBearer(route, raw.bearer);
  if (!bearer.ok) return bearer;
  const body = readBody(route, raw.body);
  if (!body.ok) return body;
  const opened: Record<string, unknown> = { ...body.value };
  for (const [member, type, text] of statementsIn(route, body.value)) {
    const statement = open(type, text);
    if (!statement.ok) return statement;
    opened[member] = statement.value;
  }
  const parts = { params: params.value, search: search.value, body: opened };
  return ok(joinRequest(name, parts, bearer.value));
}

/** The parameters of the path, by the route's schema. */
export function readParams(route: Route, params: unknown): Result<Members, Problem> {
  return route.params === undefined ? ok(none) : check(route.params, params, 'path');
}

/** The query of the address, by the route's schema; refused where the route has none. */
export function readSearch(
  route: Route,
  search: Readonly<Record<string, string>>,
): Result<Members, Problem> {
  if (route.search !== undefined) return check(route.search, search, 'query');
  if (Object.keys(search).length === 0) return ok(none);
  return fail(problem('bad-request', 'This address takes no query.'));
}

/** The access key that the caller presents, where the route asks for one (protocol 6). */
export function readBearer(
  route: Route,
  presented: string | undefined,
): Result<string | undefined, Problem> {
  if (route.bearer === undefined) return ok(undefined);
  const key = bytes32.safeParse(presented);
  if (key.success) return ok(key.data);
  return fail(
    problem(
      'bad-request',
      'This request needs the header "Authorization: Bearer" with the access key, 32 bytes in base64url.',
    ),
  );
}

/** The body, by the route's schema; its statements still texts. Unknown members are refused. */
export function readBody(route: Route, json: unknown): Result<Members, Problem> {
  return route.body === undefined ? ok(none) : check(route.body, json, 'body');
}

/** The statements that stand in a body and are to be opened: member, kind, text. */
export function statementsIn(
  route: Route,
  body: Members,
): readonly (readonly [string, StatementType<StatementPayload>, string])[] {
  return Object.entries(route.statements ?? {}).flatMap(([member, type]) => {
    const text = body[member];
    return typeof text === 'string' ? [[member, type, text] as const] : [];
  });
}

/** Puts the parts together, once each has passed its schema and the statements are opened. */
export function joinRequest(
  name: RouteName,
  { params, search, body }: { readonly [part in 'params' | 'search' | 'body']: Members },
  bearer: string | undefined,
): PeerRequest {
  const input = { ...params, ...search, ...body };
  // The route's schemas, just applied, are what `RequestInput` is computed from.
  return { route: name, input, ...(bearer === undefined ? {} : { bearer }) } as PeerRequest;
}

function check(schema: z.ZodType, value: unknown, where: string): Result<Members, Problem> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error).slice(0, detailCharactersMax);
    return fail(problem('bad-request', `The ${where} is not as it should be. ${why}`));
  }
  return isMembers(parsed.data)
    ? ok(parsed.data)
    : fail(problem('bad-request', `The ${where} is no object.`));
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
