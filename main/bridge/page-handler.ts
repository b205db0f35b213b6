import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Problem } from '../../src/problem.ts';

/**
 * Answers what is neither a method nor the events: the screen's own files. Whoever asks may lack the token,
 * so nothing of the peer may show. What it gives back is the refusal to be sent; then it has sent nothing.
 */
export type PageHandler = (
  request: IncomingMessage,
  response: ServerResponse,
) => Problem | undefined;
