import type { IncomingMessage } from 'node:http';
import {
  badSignature,
  decodeStatement,
  type Opened,
  type PeerId,
  type StatementPayload,
  type StatementType,
} from '../../src/identity/index.ts';
import { type Problem, problem } from '../../src/problem.ts';
import {
  type Members,
  type Route,
  readBearer,
  readBody,
  readSearch,
  statementsIn,
} from '../../src/protocol/index.ts';
import { fail, ok, type Result } from '../../src/result.ts';

/** A `Verifier` that may take its time. */
export interface AsyncVerifier {
  verifyAsync(signer: PeerId, message: Uint8Array, signature: Uint8Array): Promise<boolean>;
}

type Parsed<T> = Result<T, Problem>;

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The query of the address, by the route's schema; each name at most once. */
export function parseSearch(route: Route, url: string): Parsed<Members> {
  const start = url.indexOf('?');
  if (start < 0) return readSearch(route, {});
  const pairs = [...new URLSearchParams(url.slice(start + 1))];
  if (new Set(pairs.map(([name]) => name)).size !== pairs.length) {
    return fail(problem('bad-request', 'A parameter of the query is there twice.'));
  }
  return readSearch(route, Object.fromEntries(pairs));
}

/** The access key of `Authorization: Bearer`, where the route asks for one (protocol 6). */
export function parseBearer(route: Route, header: string | undefined): Parsed<string | undefined> {
  const [, presented] = /^Bearer +([A-Za-z0-9_-]{43}) *$/i.exec(header ?? '') ?? [];
  return readBearer(route, presented);
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
  if (route.body === undefined) return readBody(route, undefined);
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(body));
  } catch {
    return fail(problem('bad-request', 'The body is no JSON text in UTF-8.'));
  }
  return readBody(route, json);
}

/** Opens the statements of a body: `bad-statement`, `bad-signature` otherwise (protocol 1). */
export async function openStatements(
  route: Route,
  body: Members,
  verifier: AsyncVerifier,
): Promise<Parsed<Members>> {
  const opened: Record<string, unknown> = { ...body };
  for (const [name, type, text] of statementsIn(route, body)) {
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
