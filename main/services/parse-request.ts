import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import {
  badSignature,
  decodeStatement,
  type Opened,
  type PeerId,
  type StatementPayload,
  type StatementType,
} from '../../src/identity/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
import { bytes32, type Route } from '../../src/protocol/index.ts';
import { fail, ok, type Result } from '../../src/result.ts';

/** A `Verifier` that may take its time. */
export interface AsyncVerifier {
  verifyAsync(signer: PeerId, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

type Members = Record<string, unknown>;
type Parsed<T> = Result<T, Problem>;

const detailCharactersMax = 500;
const none: Members = {};
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The parameters of the path, by the route's schema. */
export function parseParams(route: Route, params: unknown): Parsed<Members> {
  if (route.params === undefined) return ok(none);
  return check(route.params, params, 'path');
}

/** The query of the address, by the route's schema; each name at most once. */
export function parseSearch(route: Route, url: string): Parsed<Members> {
  const start = url.indexOf('?');
  const pairs = start < 0 ? [] : [...new URLSearchParams(url.slice(start + 1))];
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) {
    return fail(problem('bad-request', 'A parameter of the query is there twice.'));
  }
  if (route.search === undefined) {
    if (pairs.length === 0) return ok(none);
    return fail(problem('bad-request', 'This address takes no query.'));
  }
  return check(route.search, Object.fromEntries(pairs), 'query');
}

/** The access key of `Authorization: Bearer`, where the route asks for one (protocol 6). */
export function parseBearer(route: Route, header: string | undefined): Parsed<string | undefined> {
  if (route.bearer === undefined) return ok(undefined);
  const [, presented] = /^Bearer +([A-Za-z0-9_-]{43}) *$/i.exec(header ?? '') ?? [];
  const key = bytes32.safeParse(presented);
  if (key.success) return ok(key.data);
  return fail(
    problem(
      'bad-request',
      'This request needs the header "Authorization: Bearer" with the access key, 32 bytes in base64url.',
    ),
  );
}

/** Whether the body may be read as JSON; a text in another encoding is not guessed at. */
export function checkContentType({ headers }: IncomingMessage): Problem | undefined {
  const encoding = headers['content-encoding'] ?? 'identity';
  const isJson = /^application\/json *(; *charset="?utf-8"?)?$/i.test(
    headers['content-type'] ?? '',
  );
  if (isJson && encoding === 'identity') return undefined;
  return problem('unsupported-media-type', 'Send the body as application/json, not compressed.');
}

/** The body, by the route's schema. Unknown members are refused. */
export function parseBody(route: Route, body: Uint8Array): Parsed<Members> {
  if (route.body === undefined) return ok(none);
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(body));
  } catch {
    return fail(problem('bad-request', 'The body is no JSON text in UTF-8.'));
  }
  return check(route.body, json, 'body');
}

/** Opens the statements of a body: `bad-statement`, `bad-signature` otherwise (protocol 1). */
export async function openStatements(
  route: Route,
  body: Members,
  verifier: AsyncVerifier,
): Promise<Parsed<Members>> {
  const opened: Members = { ...body };
  for (const [name, type] of Object.entries(route.statements ?? {})) {
    const text = body[name];
    if (typeof text !== 'string') continue;
    const statement = await open(type, text, verifier);
    if (!statement.ok) return statement;
    opened[name] = statement.value;
  }
  return ok(opened);
}

async function open(
  type: StatementType<StatementPayload>,
  text: string,
  verifier: AsyncVerifier,
): Promise<Parsed<Opened<StatementPayload>>> {
  const decoded = decodeStatement(type, text);
  if (!decoded.ok) return decoded;
  const { statement, signer, message, signature } = decoded.value;
  const genuine = await verifier.verifyAsync(signer, message, signature);
  return genuine ? ok(statement) : fail(badSignature(type));
}

const members = z.record(z.string(), z.unknown());

function check(schema: z.ZodType, value: unknown, where: string): Parsed<Members> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const why = z.prettifyError(parsed.error).slice(0, detailCharactersMax);
    return fail(problem('bad-request', `The ${where} is not as it should be. ${why}`));
  }
  const asMembers = members.safeParse(parsed.data);
  return asMembers.success
    ? ok(asMembers.data)
    : fail(problem('bad-request', `The ${where} is no object.`));
}
