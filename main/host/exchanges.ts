import { randomUUID } from 'node:crypto';
import type { PeerId } from '../../src/identity/index.ts';
import { type Problem, problem, SoukError } from '../../src/problem.ts';
import type { PeerRequest } from '../../src/protocol/index.ts';
import type { Exchange, RequestHandler } from '../services/index.ts';
import type { Engine } from './engine.ts';

/** The requests that this peer has not answered yet, by the name under which the core knows them. */
export class Exchanges implements RequestHandler {
  /** A name of an earlier run must not answer a request of this one. */
  readonly #run = randomUUID();
  readonly #open = new Map<string, Exchange>();
  readonly #accepts: (request: PeerRequest) => boolean;
  readonly #onFault: (error: unknown) => void;
  #engine: Pick<Engine, 'input'> | undefined;
  #count = 0;

  constructor(accepts: (request: PeerRequest) => boolean, onFault: (error: unknown) => void) {
    this.#accepts = accepts;
    this.#onFault = onFault;
  }

  /** The engine that answers; until there is one, requests are told to come again. */
  attach(engine: Pick<Engine, 'input'>): void {
    this.#engine = engine;
  }

  handle(from: PeerId, request: PeerRequest, exchange: Exchange): void {
    if (!this.#accepts(request)) {
      exchange.refuse(problem('not-found', 'This is an issuer; it takes no part in the market.'));
      return;
    }
    if (!this.#engine) {
      exchange.refuse(problem('unavailable', 'This peer is starting. Try again.'));
      return;
    }
    const name = `${this.#run}:${++this.#count}`;
    this.#open.set(name, exchange);
    exchange.whenHungUp(() => this.#open.delete(name));
    this.#engine.input({ kind: 'request', exchange: name, from, request }, (error) => {
      const why = whyNotKept(error);
      // Sums of the caller's own making are no fault of this program.
      if (why.code !== 'amount-out-of-range') this.#onFault(error);
      this.refuse(name, why);
    });
  }

  reply(name: string, status: number, body: unknown): void {
    this.#take(name)?.reply(status, body);
  }

  refuse(name: string, refusal: Problem): void {
    this.#take(name)?.refuse(refusal);
  }

  line(name: string, body: unknown, last: boolean): void {
    const exchange = last ? this.#take(name) : this.#open.get(name);
    exchange?.line(body, last);
  }

  #take(name: string): Exchange | undefined {
    const exchange = this.#open.get(name);
    this.#open.delete(name);
    return exchange;
  }
}

/**
 * A full disk is a reason to come again; a mistake of this program is none, nor are amounts that cannot be added up
 * (protocol 2). In every case nothing was kept.
 */
function whyNotKept(error: unknown): Problem {
  if (error instanceof SoukError && error.code === 'amount-out-of-range') return error.toProblem();
  return error instanceof SoukError
    ? problem('unavailable', 'This peer could not keep what you asked for. Try again.')
    : problem('internal', 'This peer could not carry out the request.');
}
