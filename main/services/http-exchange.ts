import type { ServerResponse } from 'node:http';
import { type Signer, sealDrafts } from '../../src/identity/index.ts';
import type { Problem } from '../../src/problem.ts';
import type { Exchange } from './exchange.ts';
import { sendProblem } from './problem-response.ts';

/** A caller that does not read what it asked for must not fill the memory of this peer. */
const unreadBytesMax = 1024 * 1024;

/** An exchange over one HTTP answer. */
export class HttpExchange implements Exchange {
  readonly #response: ServerResponse;
  readonly #signer: Signer;
  #ended = false;
  #hungUp = false;
  #controller: AbortController | undefined;

  constructor(response: ServerResponse, signer: Signer) {
    this.#response = response;
    this.#signer = signer;
    response.once('close', () => {
      if (this.#ended) return;
      this.#ended = true;
      this.#hungUp = true;
      this.#controller?.abort();
    });
  }

  get closed(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#hungUp) this.#controller.abort();
    }
    return this.#controller.signal;
  }

  reply(status: number, body: unknown): void {
    if (this.#ended) return;
    if (this.#response.headersSent) throw new Error('A stream of lines cannot be replied to.');
    const bytes = Buffer.from(JSON.stringify(sealDrafts(body, this.#signer)));
    this.#ended = true;
    this.#response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': bytes.length,
      'Cache-Control': 'no-store',
    });
    this.#response.end(bytes);
  }

  refuse(problem: Problem): void {
    if (this.#ended) return;
    this.#ended = true;
    sendProblem(this.#response, problem);
  }

  line(body: unknown, last: boolean): void {
    if (this.#ended) return;
    const text = `${JSON.stringify(sealDrafts(body, this.#signer))}\n`;
    const response = this.#response;
    if (!response.headersSent) {
      response.writeHead(200, {
        'Content-Type': 'application/x-ndjson',
        'Cache-Control': 'no-store',
      });
    }
    if (last) {
      this.#ended = true;
      response.end(text);
      return;
    }
    response.write(text);
    if (response.writableLength > unreadBytesMax) response.destroy();
  }
}
