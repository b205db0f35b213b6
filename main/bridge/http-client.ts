import { type Problem, problem, SoukError } from '../../src/problem.ts';
import { fail, type Result } from '../../src/result.ts';
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
type Stream = ReadableStream<Uint8Array>;

const retryMsDefault = 1_000;

/** The service that a client reaches, until the client is closed. */
interface Service {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly retryMs: number;
  readonly closed: AbortSignal;
}

/** A client of the control service, for a browser and for Node alike. */
export function httpClient(options: HttpClientOptions): BridgeClient {
  const { url, token, retryMs = retryMsDefault } = options;
  const closing = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const service = { url, headers, retryMs, closed: closing.signal };
  return {
    call: (method, input) => call(service, method, input),
    listen: (listener, onState) => listen(service, listener, onState),
    close: () => closing.abort(),
  };
}

async function call<M extends MethodName>(
  { url, headers, closed }: Service,
  method: M,
  input: unknown,
): Promise<Result<MethodOutput<M>, Problem>> {
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(`${url}/rpc/${encodeURIComponent(method)}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: closed,
    });
    body = await response.json();
  } catch (error) {
    return fail(unreachable(error));
  }
  if (!response.ok) return fail(parseProblem(body) ?? unreadable(response.status));
  return parseOutput(method, body);
}

/** Events after this number, or from now on. Throws a `SoukError` where the peer refuses or does not answer. */
async function openStream(
  { url, headers }: Service,
  after: number | undefined,
  signal: AbortSignal,
): Promise<Stream> {
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

async function listen(
  service: Service,
  listener: Listener,
  onState?: (state: ListenState) => void,
): Promise<() => void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([ending.signal, service.closed]);
  const ready = Promise.withResolvers<void>();
  let sequence: number | undefined;
  const tell = (frame: EventFrame) => {
    sequence = frame.sequence;
    ready.resolve();
    listener(frame);
  };
  const again = async () => {
    await pause(service.retryMs, signal);
    return await openStream(service, sequence, signal).catch((error: unknown) =>
      isRefused(error) ? 'refused' : undefined,
    );
  };
  const follow = async (first: Stream) => {
    let stream: Stream | 'refused' | undefined = first;
    while (stream !== 'refused') {
      if (stream) {
        onState?.('open');
        await readFrames(stream, tell);
        ready.reject(SoukError.from(unreachable('the event stream ended')));
        if (!signal.aborted) onState?.('lost');
      }
      if (signal.aborted) return;
      stream = await again();
    }
    if (!signal.aborted) onState?.('refused');
  };
  void follow(await openStream(service, undefined, signal));
  await ready.promise.catch((error: unknown) => {
    ending.abort();
    throw error;
  });
  return () => ending.abort();
}

/** Resolves when the stream ends, in whatever way: it is taken up again in any case. */
async function readFrames(stream: Stream, tell: Listener): Promise<void> {
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
