import type { ServerResponse } from 'node:http';
import type { Problem } from '../../src/problem.ts';
import type { Exchange } from './exchange.ts';
import { sendProblem } from './problem-response.ts';
import { type AsyncSigner, draftsIn, sealAll, textOf } from './seal-body.ts';

/** A caller that does not read what it asked for must not fill the memory of this peer. */
const unreadBytesMax = 1024 * 1024;

/** An exchange over one HTTP answer. */
export class HttpExchange implements Exchange {
  readonly #response: ServerResponse;
  readonly #signer: AsyncSigner;
  readonly #onFault: (error: unknown) => void;
  #ended = false;
  #begun = false;
  #hungUp = false;
  /** What was said last and is not out yet. */
  #before: Promise<void> | undefined;
  /** Undefined once the answer is over. */
  #listeners: (() => void)[] | undefined = [];
  /** Lines that were said in this moment; they go out together. */
  #lines: unknown[] = [];
  #saidLast = false;

  /** `onFault` is told of an answer that cannot be signed. */
  constructor(
    response: ServerResponse,
    signer: AsyncSigner,
    onFault: (error: unknown) => void = () => undefined,
  ) {
    this.#response = response;
    this.#signer = signer;
    this.#onFault = onFault;
    response.once('close', () => this.#close());
  }

  #close(): void {
    this.#hungUp = !this.#ended;
    this.#ended = true;
    const listeners = this.#listeners ?? [];
    this.#listeners = undefined;
    for (const listener of listeners) listener();
  }

  /** Calls `listener` once the answer is out, or the caller gone; at once where that has happened. */
  whenOver(listener: () => void): void {
    if (this.#listeners === undefined) listener();
    else this.#listeners.push(listener);
  }

  whenHungUp(listener: () => void): void {
    this.whenOver(() => {
      if (this.#hungUp) listener();
    });
  }

  reply(status: number, body: unknown): void {
    if (this.#ended) return;
    if (this.#begun) throw new Error('A stream of lines cannot be replied to.');
    this.#ended = true;
    this.#inTurn([body], (text) => this.#send(status, text));
  }

  refuse(problem: Problem): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#begun) this.#response.destroy();
    else sendProblem(this.#response, problem);
  }

  /** The caller's time is over: refuses, or cuts off an answer that the caller does not take. */
  expire(problem: Problem): void {
    if (this.#ended) this.#response.destroy();
    else this.refuse(problem);
  }

  line(body: unknown, last: boolean): void {
    if (this.#ended) return;
    this.#begun = true;
    this.#lines.push(body);
    if (this.#lines.length === 1) queueMicrotask(() => this.#sayLines());
    if (last) {
      this.#ended = true;
      this.#saidLast = true;
    }
  }

  /** An answer that is known as a whole is one write, not one for each line. */
  #sayLines(): void {
    const lines = this.#lines;
    const last = this.#saidLast;
    this.#lines = [];
    if (this.#response.destroyed) return;
    this.#inTurn(lines, (text) => this.#sendLines(text, last));
  }

  /** What is to be signed is signed beside the main thread; what was said before it goes out before it. */
  #inTurn(bodies: readonly unknown[], send: (text: string) => void): void {
    const drafts = draftsIn(bodies);
    if (drafts.length === 0 && this.#before === undefined) {
      send(textOf(bodies));
      return;
    }
    const turn = this.#takeTurn(sealAll(bodies, drafts, this.#signer), this.#before, send);
    this.#before = turn;
    void turn.then(() => {
      if (this.#before === turn) this.#before = undefined;
    });
  }

  async #takeTurn(
    sealing: Promise<string>,
    before: Promise<void> | undefined,
    send: (text: string) => void,
  ): Promise<void> {
    try {
      const text = await sealing;
      await before;
      if (!this.#response.destroyed) send(text);
    } catch (error) {
      // A draft that is not this peer's own is a mistake of this program: nothing of it goes out.
      this.#onFault(error);
      this.#response.destroy();
    }
  }

  #send(status: number, text: string): void {
    this.#response.writeHead(status, {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(text),
      'Cache-Control': 'no-store',
    });
    // A text goes out in one piece with the head, bytes would go behind it.
    this.#response.end(text);
  }

  #sendLines(lines: string, last: boolean): void {
    const response = this.#response;
    const text = `${lines}\n`;
    if (!response.headersSent) {
      response.writeHead(200, {
        'Content-Type': 'application/x-ndjson',
        'Cache-Control': 'no-store',
        ...(last && { 'Content-Length': Buffer.byteLength(text) }),
      });
    }
    if (last) {
      response.end(text);
      return;
    }
    response.write(text);
    if (response.writableLength > unreadBytesMax) response.destroy();
  }
}
