import type { Outcome } from '../../src/kernel/index.ts';
import { isProblemCode, type ProblemCode, problem, retryableCodes } from '../../src/problem.ts';
import { problemDocument } from '../../src/protocol/index.ts';

const typePrefix = 'urn:souk:problem:';
const detailCharactersMax = 500;
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
 * not know becomes the one nearest by status; the whole body is there for who knows better.
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
  const members = Object.entries(parsed.data).filter(([key]) => !standardMembers.has(key));
  return {
    kind: 'refused',
    problem: problem(
      code,
      text.slice(0, detailCharactersMax),
      members.length > 0 ? Object.fromEntries(members) : undefined,
    ),
    retryable: retryable ?? retryableCodes.has(code),
    body,
  };
}

function codeOf(status: number): ProblemCode {
  return codesByStatus[status] ?? (status >= 400 && status < 500 ? 'bad-request' : 'unavailable');
}
