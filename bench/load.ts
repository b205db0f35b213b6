import { connect, type TLSSocket } from 'node:tls';
import type { TlsIdentity } from '../main/network/index.ts';

export interface LoadRequest {
  readonly path: string;
  readonly body: string;
}

/** One caller: a connection of its own, presenting its own certificate. */
export interface LoadCaller {
  readonly identity: TlsIdentity;
  /** The next request of this caller. */
  next(): LoadRequest;
}

export interface LoadReport {
  readonly perSecond: number;
  readonly answered: number;
  /** Answers that were not `expect`; a bench with any is no measurement. */
  readonly unexpected: number;
  readonly sample: string;
}

interface Load {
  readonly port: number;
  readonly callers: readonly LoadCaller[];
  readonly warmupMs: number;
  readonly durationMs: number;
  readonly expectStatus: number;
}

/** Every caller asks again as soon as it was answered; counted after the warm-up. */
export async function drive({
  port,
  callers,
  warmupMs,
  durationMs,
  expectStatus,
}: Load): Promise<LoadReport> {
  let counting = false;
  let running = true;
  let answered = 0;
  let unexpected = 0;
  let sample = '';
  const ask = async (caller: LoadCaller) => {
    const connection = await Connection.open(port, caller.identity);
    while (running) {
      const { status, text } = await connection.ask(caller.next());
      if (status !== expectStatus) unexpected += 1;
      if (status !== expectStatus || sample === '') sample = text;
      if (counting) answered += 1;
    }
    connection.close();
  };
  const asking = Promise.all(callers.map(ask));
  await Promise.race([asking, pause(warmupMs)]);
  counting = true;
  const start = performance.now();
  await Promise.race([asking, pause(durationMs)]);
  counting = false;
  const seconds = (performance.now() - start) / 1000;
  running = false;
  await asking;
  return { perSecond: answered / seconds, answered, unexpected, sample };
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * HTTP/1.1 on one TLS connection, no more of it than this load needs. The load shares the machine with
 * the peer that is measured: what a full client costs would be taken from the peer.
 */
class Connection {
  readonly #socket: TLSSocket;
  #arrived = '';
  #waiting: { resolve(answer: Answer): void; reject(error: Error): void } | undefined;

  private constructor(socket: TLSSocket) {
    this.#socket = socket;
    socket.setEncoding('latin1').setNoDelay(true);
    socket.on('data', (text: string) => this.#take(text));
    socket.on('error', (error) => this.#waiting?.reject(error));
    socket.on('close', () => this.#waiting?.reject(new Error('The peer hung up.')));
  }

  static open(port: number, identity: TlsIdentity): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const secure = { ...identity, rejectUnauthorized: false, ALPNProtocols: ['http/1.1'] };
      const socket = connect({ host: '127.0.0.1', port, ...secure }, () => {
        socket.off('error', reject);
        resolve(new Connection(socket));
      });
      socket.once('error', reject);
    });
  }

  ask({ path, body }: LoadRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      const length = Buffer.byteLength(body);
      this.#socket.write(
        `POST ${path} HTTP/1.1\r\nHost: peer\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${body}`,
      );
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(text: string): void {
    this.#arrived += text;
    const head = this.#arrived.indexOf('\r\n\r\n');
    if (head < 0) return;
    const body = wholeBody(this.#arrived.slice(0, head), this.#arrived.slice(head + 4));
    if (body === undefined) return;
    const status = Number(this.#arrived.slice(9, 12));
    this.#arrived = '';
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve({ status, text: body });
  }
}

/** Undefined until all of it has come. Its bytes stand as Latin-1, one character each. */
function wholeBody(head: string, rest: string): string | undefined {
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) return rest.length >= Number(length) ? rest : undefined;
  return rest.endsWith('0\r\n\r\n') ? joinChunks(rest) : undefined;
}

function joinChunks(chunked: string): string {
  let body = '';
  let at = 0;
  for (;;) {
    const line = chunked.indexOf('\r\n', at);
    const size = Number.parseInt(chunked.slice(at, line), 16);
    if (line < 0 || !(size > 0)) return body;
    body += chunked.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
