import type { ServerResponse } from 'node:http';
import { SoukError } from '../../src/problem.ts';
import type { RateLimit } from '../retrieval/rate-limit.ts';
import type { Pace } from './pace.ts';

export interface AnswerHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly lengthBytes: number;
}

export interface SendOptions {
  readonly limit: RateLimit;
  readonly headOnly: boolean;
  /** Told when the caller is waited for, and what it took. */
  readonly pace: Pace;
  report(bytesSent: number, bytesTotal: number, state: 'sending' | 'sent' | 'broken'): void;
}

/** A caller that takes nothing for so long is gone, or holds our memory on purpose. */
const stallMs = 60_000;
/** How fast a caller is shows with each slice. */
const sliceBytesMax = 256 * 1024;

/**
 * Answers with exactly `head.lengthBytes`, no faster than the caller takes them and the limit lets them. What
 * fails is thrown, except that the caller hung up; after the first byte the connection is cut, so that a part is
 * never taken for the whole.
 */
export async function sendBytes(
  response: ServerResponse,
  head: AnswerHead,
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: SendOptions,
): Promise<void> {
  const { lengthBytes } = head;
  const begin = () =>
    response.writeHead(head.status, { ...head.headers, 'Content-Length': lengthBytes });
  if (options.headOnly) {
    begin().end();
    return;
  }
  const gone = new AbortController();
  const onClose = () => gone.abort(new Error('The caller hung up.'));
  const onTimeout = () => response.destroy();
  response.once('close', onClose).on('timeout', onTimeout);
  let sentBytes = 0;
  try {
    for await (const chunk of chunks) {
      for (let from = 0; from < chunk.length; ) {
        const sliceBytes = Math.min(options.limit.sliceBytes, sliceBytesMax);
        const slice = chunk.subarray(from, from + sliceBytes);
        await options.limit.take(slice.length, gone.signal);
        if (!response.headersSent) begin();
        options.pace.waits();
        await write(response, slice, gone.signal);
        options.pace.took(slice.length);
        from += slice.length;
        sentBytes += slice.length;
        options.report(sentBytes, lengthBytes, 'sending');
      }
    }
    if (!response.headersSent) begin();
    response.end();
    options.report(sentBytes, lengthBytes, 'sent');
  } catch (error) {
    const isGone = gone.signal.aborted;
    if (response.headersSent || isGone) {
      options.report(sentBytes, lengthBytes, 'broken');
      response.destroy();
    }
    if (!isGone) throw error;
  } finally {
    response.off('close', onClose).off('timeout', onTimeout);
  }
}

/** Resolves when the bytes are with the operating system, so that their buffer may be used again. */
function write(response: ServerResponse, bytes: Buffer, gone: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    gone.throwIfAborted();
    const finish = (error?: Error | null) => {
      gone.removeEventListener('abort', onGone);
      response.setTimeout(0);
      if (error) reject(new SoukError('unreachable', 'The caller hung up.', { cause: error }));
      else resolve();
    };
    const onGone = () => finish(new Error('The caller hung up.'));
    gone.addEventListener('abort', onGone, { once: true });
    response.setTimeout(stallMs);
    response.write(bytes, finish);
  });
}
