import { openStatement, sealDrafts } from '../identity/index.ts';
import type { Call, Chance, Effect, Outcome } from '../kernel/index.ts';
import { testSigner, testVerifier } from '../kernel/test-context.ts';
import { type Problem, type ProblemCode, problems } from '../problem.ts';
import {
  type OutgoingRequest,
  type PeerRequest,
  type RawRequest,
  readRequest,
  routes,
} from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Milliseconds } from '../time.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests: how the network misbehaves, each in thousandths of the messages. */
export interface Faults {
  readonly loseRequest: number;
  readonly loseAnswer: number;
  /** The request arrives twice; only the first is answered to anybody. */
  readonly repeat: number;
  /** Each message takes up to so long, so that they overtake one another. */
  readonly delayMsMax: Milliseconds;
  /** A peer crashes after an input has committed and before its effects were carried out. */
  readonly crash: number;
}

export const noFaults: Faults = {
  loseRequest: 0,
  loseAnswer: 0,
  repeat: 0,
  delayMsMax: 20,
  crash: 0,
};

/** A call on its way, from the caller's point of view. */
interface Flight {
  readonly caller: TestPeer;
  readonly call: Call;
  /** The run of the caller that made it: nobody of a later run waits for the answer. */
  readonly run: number;
  readonly exchange: string;
  readonly target: TestPeer | undefined;
  readonly answerLost: boolean;
  ended: boolean;
  lines: number;
  /** A stream's lines arrive in order: the latest arrival so far. */
  latestAt: Milliseconds;
}

export interface Carrier {
  readonly now: Milliseconds;
  readonly chance: Chance;
  readonly faults: Faults;
  at(time: Milliseconds, work: () => void): void;
  find(call: Call): TestPeer | undefined;
  request(target: TestPeer, exchange: string, from: TestPeer, request: PeerRequest): void;
  line(caller: TestPeer, call: Call, line: unknown): void;
  outcome(caller: TestPeer, call: Call, outcome: Outcome): void;
}

type Answer = Extract<Effect, { readonly exchange: string }>;

const retryable: ReadonlySet<ProblemCode> = new Set([
  'rate-limited',
  'request-timeout',
  'unavailable',
]);
const resetMs = 50;

/** For tests: carries calls between peers as HTTPS does: JSON both ways, a timeout, a cut stream. */
export class TestNetwork {
  readonly #carrier: Carrier;
  #flights: Flight[] = [];
  #count = 0;
  readonly #asked = new Map<string, (effect: Answer) => void>();

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** Calls under way, deposit queries that only wait left out. */
  get busy(): boolean {
    return this.#flights.some(({ call }) => call.purpose.kind !== 'deposits');
  }

  send(caller: TestPeer, call: Call): void {
    const { now, faults } = this.#carrier;
    this.#count += 1;
    const flight: Flight = {
      caller,
      call,
      run: caller.run,
      exchange: `x${this.#count}`,
      target: this.#carrier.find(call),
      answerLost: this.#happens(faults.loseAnswer),
      ended: false,
      lines: 0,
      latestAt: now,
    };
    this.#flights.push(flight);
    this.#carrier.at(now + call.timeoutMs, () =>
      this.#lose(flight, 'There was no answer in time.'),
    );
    const request = overTheWire(sealed(call.request, caller));
    if (this.#happens(faults.loseRequest)) return this.#reset(flight);
    this.#carrier.at(this.#arrival(), () => this.#arrive(flight, flight.exchange, request));
    if (this.#happens(faults.repeat)) {
      this.#carrier.at(this.#arrival(), () =>
        this.#arrive(flight, `${flight.exchange} again`, request),
      );
    }
  }

  /** What a peer answers goes to whoever waits in the exchange; to nobody where nobody does. */
  answer(effect: Answer, by: TestPeer): void {
    this.#asked.get(effect.exchange)?.(effect);
    const flight = this.#flights.find(({ exchange }) => exchange === effect.exchange);
    if (!flight || flight.target !== by) return;
    if (flight.answerLost) return this.#reset(flight);
    const sent = { ...effect, ...('body' in effect ? { body: wireBody(effect.body, by) } : {}) };
    flight.latestAt = Math.max(flight.latestAt, this.#arrival());
    this.#carrier.at(flight.latestAt, () => this.#return(flight, sent));
  }

  /** Carries a request that no peer made itself, and gives its answer: the last line where it streams. */
  ask(
    {
      from,
      target,
      exchange,
      request,
    }: {
      readonly from: TestPeer;
      readonly target: TestPeer;
      readonly exchange: string;
      readonly request: OutgoingRequest;
    },
    take: (answer: Result<Record<string, unknown>, Problem>) => void,
  ): void {
    const read = asArrived(overTheWire(sealed(request, from)));
    if (!read.ok) return take(read);
    this.#asked.set(exchange, (effect) => {
      if (effect.kind === 'refuse') take(fail(effect.problem));
      else if (effect.kind === 'reply' || effect.last)
        take(ok(wireBody(effect.body, target) as Record<string, unknown>));
    });
    this.#carrier.request(target, exchange, from, read.value);
  }

  hangUp(caller: TestPeer, callId: string): void {
    for (const flight of this.#flights) {
      if (flight.caller === caller && flight.call.id === callId)
        this.#lose(flight, 'The caller hung up.');
    }
  }

  /** The peer stopped: what it asked is forgotten, who asked it is cut off. */
  cut(peer: TestPeer): void {
    for (const flight of this.#flights) {
      if (flight.caller === peer) this.#end(flight);
      else if (flight.target === peer) this.#reset(flight);
    }
  }

  #arrive(flight: Flight, exchange: string, request: OutgoingRequest): void {
    const { target, caller } = flight;
    if (!target?.up) return this.#reset(flight);
    const read = asArrived(request);
    if (read.ok) this.#carrier.request(target, exchange, caller, read.value);
    else this.answer({ kind: 'refuse', exchange, problem: read.error }, target);
  }

  #return(flight: Flight, effect: Answer): void {
    if (flight.ended || flight.run !== flight.caller.run) return;
    const { caller, call } = flight;
    switch (effect.kind) {
      case 'line':
        flight.lines += 1;
        this.#carrier.line(caller, call, effect.body);
        if (effect.last) this.#finish(flight, { kind: 'answered', status: 200, body: effect.body });
        return;
      case 'reply':
        return this.#finish(flight, { ...effect, kind: 'answered' });
      case 'refuse':
        if (flight.lines > 0) return this.#lose(flight, 'The stream was cut.');
        return this.#finish(flight, refusal(effect.problem));
    }
  }

  #reset(flight: Flight): void {
    this.#carrier.at(this.#carrier.now + resetMs, () =>
      this.#lose(flight, 'The connection broke.'),
    );
  }

  #lose(flight: Flight, detail: string): void {
    this.#finish(flight, { kind: 'unreachable', detail });
  }

  #finish(flight: Flight, outcome: Outcome): void {
    if (flight.ended) return;
    this.#end(flight);
    if (flight.run === flight.caller.run) {
      this.#carrier.outcome(flight.caller, flight.call, outcome);
    }
  }

  #end(flight: Flight): void {
    flight.ended = true;
    this.#flights = this.#flights.filter((other) => other !== flight);
  }

  #arrival(): Milliseconds {
    const { now, chance, faults } = this.#carrier;
    return now + 1 + Math.floor((faults.delayMsMax * draw(chance)) / 0x10000);
  }

  #happens(perMille: number): boolean {
    return perMille > 0 && draw(this.#carrier.chance) % 1000 < perMille;
  }
}

/** A whole number from 0 to 65535. */
export function draw(chance: Chance): number {
  const [high = 0, low = 0] = chance.bytes(2);
  return high * 256 + low;
}

function sealed(request: OutgoingRequest, by: TestPeer): OutgoingRequest {
  const body = wireBody(request.body ?? {}, by) as Record<string, unknown>;
  return { ...request, body };
}

function wireBody(body: unknown, by: TestPeer): unknown {
  return overTheWire(sealDrafts(body, testSigner(by.id)));
}

function overTheWire<T>(body: T): T {
  return body === undefined ? body : JSON.parse(JSON.stringify(body));
}

/** The request as a peer's door hands it in. */
export function asArrived(request: OutgoingRequest): Result<PeerRequest, Problem> {
  const { route, params = {}, search = {}, body, bearer } = request;
  const texts = Object.fromEntries(
    Object.entries(search).map(([key, value]) => [key, String(value)]),
  );
  const raw: RawRequest = {
    params,
    search: texts,
    ...('body' in routes[route] ? { body } : {}),
    ...(bearer === undefined ? {} : { bearer }),
  };
  return readRequest(route, raw, (type, text) => openStatement(type, text, testVerifier));
}

function refusal(why: Problem): Outcome {
  const { code, detail, members } = overTheWire(why);
  const body = { type: `urn:souk:problem:${code}`, status: problems[code].status, ...members };
  const problem = members === undefined ? { code, detail } : { code, detail, members };
  return { kind: 'refused', problem, retryable: retryable.has(code), body };
}
