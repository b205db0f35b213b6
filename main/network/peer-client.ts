import type { Readable } from 'node:stream';
import { type Dispatcher, errors, type Pool } from 'undici';
import { type PeerId, type Signer, sealDrafts, type Verifier } from '../../src/identity/index.ts';
import type { Call, Outcome } from '../../src/kernel/index.ts';
import {
  answerBytesMax,
  answerLinesMax,
  endpointsMax,
  requestBytesMax,
  statementBytesMax,
  statementsAnswerBytesMax,
} from '../../src/limits.ts';
import { SoukError } from '../../src/problem.ts';
import { type Route, routes } from '../../src/protocol/index.ts';
import type { Milliseconds } from '../../src/time.ts';
import type { TlsIdentity } from './certificate.ts';
import { type ClientBounds, PinnedPools } from './pinned-pools.ts';
import { parseAnswer, readBody, readLines } from './read-answer.ts';
import { refusalOf } from './refusal.ts';
import { type WireRequest, wireRequestOf } from './wire-request.ts';

const clientBounds: ClientBounds = {
  connectTimeoutMs: 5_000,
  connectionsPerPeerMax: 32,
  idleTimeoutMs: 30_000,
  addressesMax: 512,
  answerBytesMax: statementsAnswerBytesMax,
  /** A statement, and the JSON around it. */
  lineBytesMax: 2 * statementBytesMax,
  linesMax: answerLinesMax,
  stallTimeoutMs: 30_000,
};

export interface PeerClientParts {
  readonly identity: TlsIdentity;
  readonly signer: Signer;
  readonly verifier: Verifier;
  now(): Milliseconds;
  readonly bounds?: Partial<ClientBounds>;
}

/** Who is wanted and where it was last known to answer, the best address first. */
export interface PeerAddress {
  readonly peer: PeerId;
  readonly endpoints: readonly string[];
}

/** An answer whose body has not been read. Whoever has it MUST read the body to its end or destroy it. */
export interface PeerAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

/**
 * Calls other peers: mutual TLS, pinned to the key that is wanted (protocol 2), connections kept alive.
 * Every request of the protocol may be sent twice without harm, so one that was lost on a connection
 * that had been idle is sent again.
 */
export class PeerClient {
  readonly #signer: Signer;
  readonly #bounds: ClientBounds;
  readonly #pools: PinnedPools;

  constructor(parts: PeerClientParts) {
    this.#signer = parts.signer;
    this.#bounds = { ...clientBounds, ...parts.bounds };
    this.#pools = new PinnedPools(parts, this.#bounds);
  }

  /**
   * Carries out a call within its time: the endpoints in order, until one answers. Never rejects. The
   * lines of a streamed answer are given to `onLine` as they come; the outcome holds the last of them.
   * `unreachable` is everything that is no answer of the wanted peer, another key at the address too:
   * an impostor's word must not end a payment. `signal` hangs up.
   */
  async call(call: Call, onLine?: (line: unknown) => void, signal?: AbortSignal): Promise<Outcome> {
    const ended = new AbortController();
    const hangUp = () => ended.abort(new SoukError('unreachable', 'The caller hung up.'));
    const late = `There was no whole answer within ${call.timeoutMs} ms.`;
    const timer = setTimeout(() => ended.abort(new SoukError('unreachable', late)), call.timeoutMs);
    if (signal?.aborted) hangUp();
    signal?.addEventListener('abort', hangUp);
    try {
      const request = wireRequestOf(sealRequest(call, this.#signer));
      return await this.#answer(call, request, onLine, ended.signal);
    } catch (error) {
      return { kind: 'unreachable', detail: reasonOf(error, ended.signal) };
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', hangUp);
    }
  }

  /**
   * Sends a request and gives the answer once its head has come, for bodies that are read as a stream
   * (documents, protocol 6). Rejects with `wrong-peer` where every address answered with another key,
   * with `unreachable` otherwise. A body that stands still too long, or that `signal` aborts, is
   * destroyed with an error. The status is not judged: see `refusalOf`.
   */
  async openStream(
    to: PeerAddress,
    request: WireRequest & { readonly signal?: AbortSignal },
  ): Promise<PeerAnswer> {
    const { stallTimeoutMs } = this.#bounds;
    const timeouts = { headersTimeout: stallTimeoutMs, bodyTimeout: stallTimeoutMs };
    const answer = await this.#send(to, { ...request, ...timeouts }, request.signal);
    return { status: answer.statusCode, headers: answer.headers, body: answer.body };
  }

  /** Cuts every connection; calls on the way end as `unreachable`. */
  close(): Promise<void> {
    return this.#pools.close();
  }

  async #answer(
    { to, request: { route } }: Call,
    request: WireRequest,
    onLine: ((line: unknown) => void) | undefined,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { statusCode: status, headers, body } = await this.#send(to, request, signal);
    const isStream = String(headers['content-type']).startsWith('application/x-ndjson');
    const bytesMax = this.#bytesMaxOf(routes[route]);
    if (status >= 200 && status < 300) {
      const read = isStream ? this.#lines(body, bytesMax, onLine) : readWhole(body, bytesMax);
      return { kind: 'answered', status, body: await read };
    }
    const bytes = await readBody(body, Math.min(bytesMax, requestBytesMax));
    return refusalOf(status, jsonOrNothing(bytes));
  }

  #bytesMaxOf(route: Route): number {
    return Math.min(this.#bounds.answerBytesMax, route.answerBytesMax ?? answerBytesMax);
  }

  async #lines(
    body: Readable,
    bytesMax: number,
    onLine: ((line: unknown) => void) | undefined,
  ): Promise<unknown> {
    const { lineBytesMax, linesMax } = this.#bounds;
    let last: unknown;
    for await (const line of readLines(body, { bytesMax, lineBytesMax, linesMax })) {
      last = parseAnswer(line);
      onLine?.(last);
    }
    return last;
  }

  /** The first endpoint that gives an answer's head. Rejects with the reason of the last that did not. */
  async #send(
    to: PeerAddress,
    request: WireRequest & { headersTimeout?: number; bodyTimeout?: number },
    signal: AbortSignal | undefined,
  ): Promise<Dispatcher.ResponseData> {
    let failure: unknown = new SoukError('unreachable', `No address of ${to.peer} is known.`);
    for (const endpoint of to.endpoints.slice(0, endpointsMax)) {
      try {
        const pool = this.#pools.to(to.peer, endpoint);
        return await sendTwice(pool, { ...request, signal: signal ?? null });
      } catch (error) {
        if (signal?.aborted) throw error;
        failure = error;
      }
    }
    throw failure instanceof SoukError
      ? failure
      : new SoukError('unreachable', reasonOf(failure), { cause: failure });
  }
}

/** The other side may close an idle connection at the moment it is used: that says nothing about it. */
async function sendTwice(
  pool: Pool,
  request: Dispatcher.RequestOptions,
): Promise<Dispatcher.ResponseData> {
  try {
    return await pool.request(request);
  } catch (error) {
    if (!wasLostOnTheWay(error)) throw error;
    return await pool.request(request);
  }
}

function wasLostOnTheWay(error: unknown): boolean {
  if (error instanceof errors.SocketError) return true;
  return error instanceof Error && 'code' in error && error.code === 'ECONNRESET';
}

async function readWhole(body: Readable, bytesMax: number): Promise<unknown> {
  const bytes = await readBody(body, bytesMax);
  return bytes.length === 0 ? undefined : parseAnswer(bytes);
}

function sealRequest({ request }: Call, signer: Signer): Call['request'] {
  if (request.body === undefined) return request;
  const body = Object.entries(request.body).map(([key, value]) => [key, sealDrafts(value, signer)]);
  return { ...request, body: Object.fromEntries(body) };
}

function reasonOf(error: unknown, signal?: AbortSignal): string {
  if (signal?.reason instanceof SoukError) return signal.reason.message;
  return error instanceof Error ? error.message : String(error);
}

function jsonOrNothing(bytes: Uint8Array): unknown {
  try {
    return parseAnswer(bytes);
  } catch {
    return undefined;
  }
}
