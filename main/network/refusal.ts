import type { Outcome } from '../../src/kernel/index.ts';
import { refusalCharactersMax, refusalMembersCharactersMax } from '../../src/limits.ts';
import { isProblemCode, type ProblemCode, problem, retryableCodes } from '../../src/problem.ts';
import { asLine, problemDocument } from '../../src/protocol/index.ts';

const typePrefix = 'urn:souk:problem:';
const standardMembers = new Set(['type', 'title', 'status', 'detail', 'retryable', 'instance']);

/** What a refusal means that does not say so in this protocol's words: by its HTTP status. */
const codesByStatus: Readonly<Record<number, ProblemCode>> = {
  401: 'certificate-required',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'request-timeout',
  413: 'body-too-large',
  415: 'unsupported-media-type',
  429: 'rate-limited',
};

/**
 * A refused answer, whatever it holds, as an outcome (RFC 9457, protocol 2). A code this version does
 * not know becomes the one nearest by status; the whole body is there for who knows better. The problem
 * itself is shown and kept, so its sentence is one line, and members past what is ever needed are left out.
 */
export function refusalOf(status: number, body: unknown): Extract<Outcome, { kind: 'refused' }> {
  const parsed = problemDocument.safeParse(body);
  if (!parsed.success) {
    const code = codeOf(status);
    const refusal = problem(code, `The peer refused with status ${status}.`);
    return { kind: 'refused', problem: refusal, retryable: retryableCodes.has(code), body };
  }
  const { type, title, detail, retryable } = parsed.data;
  const named = type.startsWith(typePrefix) ? type.slice(typePrefix.length) : '';
  const code = isProblemCode(named) ? named : codeOf(status);
  const text = detail ?? title ?? `The peer refused with status ${status}.`;
  return {
    kind: 'refused',
    problem: problem(code, asLine(text, refusalCharactersMax), membersOf(parsed.data)),
    retryable: retryable ?? retryableCodes.has(code),
    body,
  };
}

function membersOf(body: object): Readonly<Record<string, unknown>> | undefined {
  const named = Object.entries(body).filter(([name]) => !standardMembers.has(name));
  if (named.length === 0) return undefined;
  const members = Object.fromEntries(named);
  return JSON.stringify(members).length <= refusalMembersCharactersMax ? members : undefined;
}

function codeOf(status: number): ProblemCode {
  return codesByStatus[status] ?? (status >= 400 && status < 500 ? 'bad-request' : 'unavailable');
}
