import type { ServerResponse } from 'node:http';
import type { EventFrame } from './contract.ts';

/** A reader that does not keep up is hung up on; it comes back and goes on where it stopped, or anew. */
const bufferedBytesMax = 4 * 2 ** 20;
/** A comment now and then, so that both sides learn of a connection that broke without a word. */
const heartbeatMs = 15_000;

type Listen = (after: number | undefined, listener: (frame: EventFrame) => void) => () => void;

/** Answers with the event stream (text/event-stream) until the reader hangs up. */
export function streamEvents(
  response: ServerResponse,
  listen: Listen,
  after: number | undefined,
): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  const end = listen(after, (frame) => {
    if (response.writableLength > bufferedBytesMax) {
      response.destroy();
      return;
    }
    response.write(`id: ${frame.sequence}\ndata: ${JSON.stringify(frame)}\n\n`);
  });
  response.on('close', () => {
    clearInterval(heartbeat);
    end();
  });
}
