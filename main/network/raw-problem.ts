import { type ProblemCode, problems, retryableCodes } from '../../src/problem.ts';

/** Errors of Node's HTTP parser that are something else than a malformed request. */
const meanings: Readonly<Record<string, readonly [ProblemCode, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [
    'request-timeout',
    'The request did not arrive in time. Send it again.',
  ],
  HPE_HEADER_OVERFLOW: ['body-too-large', 'The head of the request is too long.'],
};

/** A whole HTTP answer with a problem document, for a request that never became one. */
export function rawProblem(errorCode: string | undefined): string {
  const known = errorCode === undefined ? undefined : meanings[errorCode];
  const [code, detail] = known ?? ['bad-request', 'This is not HTTP/1.1 as it should be.'];
  const { status, title } = problems[code];
  const retryable = retryableCodes.has(code);
  const type = `urn:souk:problem:${code}`;
  const body = JSON.stringify({ type, title, status, detail, retryable });
  return [
    `HTTP/1.1 ${status} ${title}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
