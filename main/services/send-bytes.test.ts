import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { TestClock } from '../retrieval/documents.suite.ts';
import { RateLimit } from '../retrieval/rate-limit.ts';
import { Pace } from './pace.ts';
import { sendBytes } from './send-bytes.ts';

type Written = (error?: Error | null) => void;

/** A response whose caller takes bytes only when told to. */
class SlowResponse extends EventEmitter {
  headersSent = false;
  ended = false;
  destroyed = false;
  timeoutMs = 0;
  readonly writes: { bytes: Buffer; written: Written }[] = [];

  writeHead(): this {
    this.headersSent = true;
    return this;
  }
  setTimeout(ms: number): void {
    this.timeoutMs = ms;
  }
  write(bytes: Buffer, written: Written): void {
    this.writes.push({ bytes, written });
  }
  end(): void {
    this.ended = true;
  }
  destroy(): void {
    this.destroyed = true;
    this.emit('close');
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function send(response: SlowResponse, asked: { chunks: number }) {
  function* chunks() {
    for (; asked.chunks < 100; asked.chunks++) yield Buffer.alloc(10);
  }
  const states: string[] = [];
  const head = { status: 200, headers: {}, lengthBytes: 1000 };
  const sending = sendBytes(response as never as ServerResponse, head, chunks(), {
    limit: new RateLimit(new TestClock()),
    headOnly: false,
    pace: new Pace(() => 0),
    report: (sent, total, state) => states.push(`${state} ${sent}/${total}`),
  });
  return { sending, states };
}

describe('an answer', () => {
  it('asks for no more bytes before the caller has taken those before them', async () => {
    const response = new SlowResponse();
    const asked = { chunks: 0 };
    const { sending, states } = send(response, asked);
    for (let taken = 0; taken < 100; taken++) {
      await settle();
      expect(asked.chunks).toBe(taken);
      expect(response.writes).toHaveLength(taken + 1);
      expect(response.timeoutMs).toBe(60_000);
      response.writes.at(-1)?.written();
    }
    await sending;
    expect(response.ended).toBe(true);
    expect(response.timeoutMs).toBe(0);
    expect(states.slice(-2)).toEqual(['sending 1000/1000', 'sent 1000/1000']);
  });

  it('is cut when the caller takes nothing for too long', async () => {
    const response = new SlowResponse();
    const { sending, states } = send(response, { chunks: 0 });
    await settle();
    response.emit('timeout');
    await sending;
    expect(response.destroyed).toBe(true);
    expect(response.ended).toBe(false);
    expect(states).toEqual(['broken 0/1000']);
    expect(response.listenerCount('close') + response.listenerCount('timeout')).toBe(0);
  });
});
