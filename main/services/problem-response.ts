import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Problem, problems, retryableCodes } from '../../src/problem.ts';
import { discardBody } from './read-body.ts';

/** A refusal as RFC 9457 writes it; the members named by protocol.md stand beside the standard ones. */
export function problemBody({ code, detail, members }: Problem): Record<string, unknown> {
  return {
    ...members,
    type: `urn:souk:problem:${code}`,
    title: problems[code].title,
    status: problems[code].status,
    detail,
    retryable: retryableCodes.has(code),
  };
}

/** Ends the answer with a refusal. Where an answer has begun, the connection is cut instead. */
export function sendProblem(response: ServerResponse, problem: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(problemBody(problem)));
  response.writeHead(problems[problem.code].status, {
    'Content-Type': 'application/problem+json',
    'Content-Length': body.length,
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

/** Refuses a request whose body may still be on its way. */
export function refuse(request: IncomingMessage, response: ServerResponse, why: Problem): void {
  discardBody(request);
  sendProblem(response, why);
}
