import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { fail, ok } from '../../src/result.ts';
import type { BridgeClient, ListenState } from './client.ts';
import { type EventFrame, eventFrame, type MethodName, type MethodOutput } from './contract.ts';
import { parseOutput, parseProblem } from './parse-output.ts';
import { readEventStream } from './sse-reader.ts';

export interface HttpClientOptions {
  /** As `http://127.0.0.1:40123`. */
  readonly url: string;
  readonly token: string;
  /** How long to wait before the event stream is taken up again. */
  readonly retryMs?: number;
}

type Listener = (frame: EventFrame) => void;

const retryMsDefault = 1_000;

/** A client of the control service, for a browser and for Node alike. */
export function httpClient(options: HttpClientOptions): BridgeClient {
  const { url, token, retryMs = retryMsDefault } = options;
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${token}` };

  async function call<M extends MethodName>(method: M, input: unknown) {
    let response: Response;
    let body: unknown;
    try {
      response = await fetch(`${url}/rpc/${encodeURIComponent(method)}`, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(input),
        signal: closing.signal,
      });
      body = await response.json();
    } catch (error) {
      return fail(unreachable(error));
    }
    if (!response.ok) return fail(parseProblem(body) ?? unreadable(response.status));
    return ok(parseOutput(method, body) as MethodOutput<M>);
  }

  async function open(after: number | undefined, signal: AbortSignal) {
    let response: Response;
    try {
      const search = after === undefined ? '' : `?after=${after}`;
      response = await fetch(`${url}/events${search}`, { headers, signal });
    } catch (error) {
      throw SoukError.from(unreachable(error));
    }
    if (response.ok && response.body) return response.body;
    const refusal = parseProblem(await response.json().catch(() => undefined));
    throw SoukError.from(refusal ?? unreadable(response.status));
  }

  async function listen(listener: Listener, onState?: (state: ListenState) => void) {
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, closing.signal]);
    const ready = Promise.withResolvers<void>();
    let sequence: number | undefined;
    const tell = (frame: EventFrame) => {
      sequence = frame.sequence;
      ready.resolve();
      listener(frame);
    };
    let left = false;
    const leave = () => {
      left = true;
      ending.abort();
    };
    const first = await open(undefined, signal);
    const follow = async () => {
      let stream: ReadableStream<Uint8Array> | undefined = first;
      while (!signal.aborted) {
        if (stream) {
          onState?.('open');
          await readFrames(stream, tell);
          if (signal.aborted) return;
          onState?.('lost');
          ready.reject(SoukError.from(unreachable('the event stream ended')));
        }
        await pause(retryMs, signal);
        stream = await open(sequence, signal).catch((error: unknown) => {
          if (isRefused(error)) ending.abort();
          return undefined;
        });
      }
      if (!closing.signal.aborted && !left) onState?.('refused');
    };
    void follow();
    await ready.promise.catch((error: unknown) => {
      leave();
      throw error;
    });
    return leave;
  }

  return { call, listen, close: () => closing.abort() };
}

/** Resolves when the stream ends, in whatever way: it is taken up again in any case. */
async function readFrames(stream: ReadableStream<Uint8Array>, tell: Listener): Promise<void> {
  try {
    for await (const data of readEventStream(stream)) tell(eventFrame.parse(JSON.parse(data)));
  } catch {
    // Broken or not understood: what is missed is told when the stream is taken up again.
  }
}

/** Whether the peer does not know this caller, now or later. */
export function isRefused(error: unknown): boolean {
  return error instanceof SoukError && ['unauthorized', 'wrong-origin'].includes(error.code);
}

function unreachable(error: unknown): Problem {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const why = cause instanceof Error ? cause.message : String(cause);
  return problem('unreachable', `The peer's control service cannot be reached (${why}).`);
}

function unreadable(status: number): Problem {
  return problem('internal', `The control service answered ${status} without saying why.`);
}

function pause(durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, durationMs);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
