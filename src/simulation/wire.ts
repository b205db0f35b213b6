import { isDraft, replaceDrafts, type Statements } from '../identity/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type Problem, problems, retryableCodes } from '../problem.ts';
import {
  joinRequest,
  type Members,
  type OutgoingRequest,
  type PeerRequest,
  type RawRequest,
  type Route,
  readRequest,
  routes,
  statementsIn,
} from '../protocol/index.ts';
import { ok, type Result } from '../result.ts';

/** How messages are carried between peers: what leaves one, and what the other's door makes of it. */
export interface Wire {
  /** A request's or an answer's body as it leaves: its drafts sealed. */
  body(body: unknown, by: Statements): unknown;
  /** The request as the receiver's door hands it in. */
  arrived(request: OutgoingRequest, at: Statements): Result<PeerRequest, Problem>;
}

/** Everything as JSON, both ways, through the door of the real service. */
export const jsonWire: Wire = {
  body: (body, by) => copied(replaceDrafts(body, by.seal)),
  arrived({ route, params = {}, search = {}, body, bearer }, at) {
    const texts = Object.fromEntries(
      Object.entries(search).map(([key, value]) => [key, String(value)]),
    );
    const raw: RawRequest = {
      params,
      search: texts,
      ...('body' in routes[route] ? { body } : {}),
      ...(bearer === undefined ? {} : { bearer }),
    };
    return readRequest(route, raw, at.open);
  },
};

/**
 * For large worlds of honest peers: bodies are handed over as they are, with no schema between, for this
 * program made them itself; only statements are sealed and opened.
 */
export const directWire: Wire = {
  body: sealedInPlace,
  arrived({ route, params = none, search = none, body = none, bearer }, at) {
    const opened = openAll(routes[route], body, at);
    if (!opened.ok) return opened;
    return ok(joinRequest(route, { params, search, body: opened.value }, bearer));
  },
};

const none: Members = {};

function openAll(route: Route, body: Members, at: Statements): Result<Members, Problem> {
  if (route.statements === undefined) return ok(body);
  const opened: Record<string, unknown> = { ...body };
  for (const [member, type, text] of statementsIn(route, body)) {
    const statement = at.open(type, text);
    if (!statement.ok) return statement;
    opened[member] = statement.value;
  }
  return ok(opened);
}

/** The body itself where it holds no draft; drafts stand at the top of a body, or in a list there. */
function sealedInPlace(body: unknown, by: Statements): unknown {
  if (typeof body !== 'object' || body === null) return body;
  let sealed: Record<string, unknown> | undefined;
  for (const member in body) {
    const value = (body as Members)[member];
    if (typeof value !== 'object' || value === null) continue;
    const given = Array.isArray(value)
      ? value.some(isDraftValue)
        ? replaceDrafts(value, by.seal)
        : value
      : isDraft(value)
        ? by.seal(value)
        : value;
    if (given === value) continue;
    sealed ??= { ...body };
    sealed[member] = given;
  }
  return sealed ?? body;
}

function isDraftValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && isDraft(value);
}

/** A refusal as its caller sees it (RFC 9457). */
export function refusal({ code, detail, members }: Problem): Outcome {
  const body = { type: `urn:souk:problem:${code}`, status: problems[code].status, ...members };
  const problem = members === undefined ? { code, detail } : { code, detail, members };
  return { kind: 'refused', problem, retryable: retryableCodes.has(code), body };
}

function copied<T>(body: T): T {
  return body === undefined ? body : JSON.parse(JSON.stringify(body));
}
