import type { IncomingMessage } from 'node:http';
import { type Problem, problem } from '../../src/problem.ts';
import { fail, ok, type Result } from '../../src/result.ts';
import type { Milliseconds } from '../../src/time.ts';

const discardedBytesMax = 1024 * 1024;

const nothing = Buffer.alloc(0);

/**
 * The body of a request, counted while it streams in. `body-too-large` as soon as it is known to be
 * longer than `bytesMax`; `request-timeout` where it is not whole after `timeoutMs`; `bad-request` where
 * the caller hung up in the middle of it.
 */
export function readRequestBody(
  request: IncomingMessage,
  bytesMax: number,
  timeoutMs: Milliseconds,
): Promise<Result<Buffer, Problem>> | Result<Buffer, Problem> {
  const declared = declaredLength(request);
  if (declared === 0) return ok(nothing);
  if (declared !== undefined && declared > bytesMax) return tooLarge(bytesMax);
  return collect(request, bytesMax, timeoutMs);
}

/** Its listeners stay: taking them off again costs more than their looking whether it is over. */
function collect(
  request: IncomingMessage,
  bytesMax: number,
  timeoutMs: Milliseconds,
): Promise<Result<Buffer, Problem>> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let bytes = 0;
    let over = false;
    const finish = (result: () => Result<Buffer, Problem>) => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      resolve(result());
      chunks = [];
    };
    const late = `The body of the request was not there after ${timeoutMs} ms. Send it again.`;
    const timer = setTimeout(() => finish(() => fail(problem('request-timeout', late))), timeoutMs);
    request.on('data', (chunk: Buffer) => {
      if (over) return;
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > bytesMax) finish(() => tooLarge(bytesMax));
    });
    request.on('end', () => finish(() => ok(joined(chunks))));
    const broken = () =>
      finish(() => fail(problem('bad-request', 'The request ended in its middle.')));
    request.on('close', broken);
    request.on('error', broken);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 ? (chunks[0] ?? nothing) : Buffer.concat(chunks);
}

function declaredLength(request: IncomingMessage): number | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined) return undefined;
  return length === undefined ? 0 : Number(length);
}

/**
 * Throws the rest of a refused request's body away, so that its sender gets to read the refusal; cuts
 * the connection where there is too much of it.
 */
export function discardBody(request: IncomingMessage): void {
  let bytes = 0;
  request.on('error', () => undefined);
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > discardedBytesMax) request.socket.destroy();
  });
}

function tooLarge(bytesMax: number) {
  const detail =
    bytesMax === 0
      ? 'This request takes no body.'
      : `The body of this request may have ${bytesMax} bytes at most.`;
  return fail(problem('body-too-large', detail, { bytesMax }));
}
