import type { Call, Effect, Outcome } from '../kernel/index.ts';
import type { Input } from '../peer/index.ts';
import type { Problem } from '../problem.ts';
import type { OutgoingRequest, PeerRequest } from '../protocol/index.ts';
import { fail, ok, type Result } from '../result.ts';
import type { Milliseconds } from '../time.ts';
import type { WorldCounts } from './counts.ts';
import type { Cut, Faults, Link } from './faults.ts';
import type { Message } from './observer.ts';
import type { Random } from './random.ts';
import type { SimPeer } from './sim-peer.ts';
import { refusal, type Wire } from './wire.ts';

/** What the network needs from the world around it. */
export interface Carrier {
  readonly now: Milliseconds;
  readonly faults: Faults;
  readonly random: Random;
  readonly wire: Wire;
  readonly counts: WorldCounts;
  at(time: Milliseconds, work: () => void): void;
  /** Who answers to a call's peer id and addresses. */
  find(call: Call): SimPeer | undefined;
  link(a: SimPeer, b: SimPeer): Link;
  input(peer: SimPeer, input: Input): void;
  delivered(message: Message): void;
}

/** A call on its way, from the caller's point of view. */
interface Flight {
  readonly caller: SimPeer;
  readonly call: Call;
  /** The run of the caller that made it: nobody of a later run waits for the answer. */
  readonly run: number;
  readonly exchange: string;
  readonly target: SimPeer | undefined;
  readonly answerLost: boolean;
  readonly deadlineAt: Milliseconds;
  ended: boolean;
  /** The last of the answer is on its way. */
  answered: boolean;
  lines: number;
  /** A stream's lines arrive in order: the latest arrival so far. */
  latestAt: Milliseconds;
}

type Answer = Extract<Effect, { readonly exchange: string }>;
type Given = Result<Record<string, unknown>, Problem>;

const resetMs = 50;
const noAnswer = 'There was no answer in time.';

/** Carries calls between peers as HTTPS does: a timeout, a cut stream, an answer to whoever waits for it. */
export class Network {
  readonly #carrier: Carrier;
  readonly #flights = new Map<string, Flight>();
  readonly #byCall = new Map<string, Flight>();
  readonly #asked = new Map<string, (effect: Answer) => void>();
  #cuts: readonly Cut[] = [];
  #count = 0;
  #waiting = 0;

  constructor(carrier: Carrier) {
    this.#carrier = carrier;
  }

  /** Calls under way, deposit queries that only wait left out. */
  get busy(): boolean {
    return this.#flights.size > this.#waiting;
  }

  /** Nothing passes from here to there until `heal`. */
  cut(...cuts: readonly Cut[]): void {
    this.#cuts = [...this.#cuts, ...cuts];
  }

  heal(): void {
    this.#cuts = [];
  }

  reaches(from: SimPeer, to: SimPeer): boolean {
    return !this.#cuts.some((cut) => cut.from.has(from.index) && cut.to.has(to.index));
  }

  send(caller: SimPeer, call: Call): void {
    const { now, faults, wire } = this.#carrier;
    this.#count += 1;
    const target = this.#carrier.find(call);
    const flight: Flight = {
      caller,
      call,
      run: caller.run,
      exchange: `x${this.#count}`,
      target,
      answerLost: this.#happens(faults.loseAnswer),
      deadlineAt: now + call.timeoutMs,
      ended: false,
      answered: false,
      lines: 0,
      latestAt: now,
    };
    this.#flights.set(flight.exchange, flight);
    this.#byCall.set(call.id, flight);
    if (call.purpose.kind === 'deposits') this.#waiting += 1;
    const request = this.#leaving(call.request, caller, wire);
    const lost = !target || this.#happens(faults.loseRequest) || !this.reaches(caller, target);
    if (lost) return this.#break(flight);
    this.#carrier.at(this.#arrival(caller, target), () => {
      this.#arrive(flight, target, flight.exchange, request);
    });
    if (!this.#happens(faults.repeat)) return;
    this.#carrier.counts.repeated += 1;
    this.#carrier.at(this.#arrival(caller, target), () => {
      this.#arrive(flight, target, `${flight.exchange} again`, request);
    });
  }

  /** What a peer answers goes to whoever waits in the exchange; to nobody where nobody does. */
  answer(effect: Answer, by: SimPeer): void {
    if (this.#asked.size > 0) this.#asked.get(effect.exchange)?.(effect);
    const flight = this.#flights.get(effect.exchange);
    if (!flight || flight.target !== by) return;
    const last = effect.kind !== 'line' || effect.last;
    if (last) flight.answered = true;
    if (flight.answerLost || !this.reaches(by, flight.caller)) return this.#break(flight);
    const { wire } = this.#carrier;
    const sent =
      effect.kind === 'refuse'
        ? effect
        : { ...effect, body: wire.body(effect.body, by.identity.statements) };
    flight.latestAt = Math.max(flight.latestAt, this.#arrival(by, flight.caller));
    if (flight.latestAt > flight.deadlineAt) {
      return this.#carrier.at(flight.deadlineAt, () => this.#lose(flight, noAnswer));
    }
    this.#carrier.at(flight.latestAt, () => this.#return(flight, by, sent));
  }

  /** Carries a request that no peer made itself, at once, and gives its answer: the last line where it streams. */
  ask(
    from: SimPeer,
    target: SimPeer,
    request: OutgoingRequest,
    take: (answer: Given) => void,
  ): void {
    const { wire } = this.#carrier;
    this.#count += 1;
    const exchange = `asked ${this.#count}`;
    const read = wire.arrived(this.#leaving(request, from, wire), target.identity.statements);
    if (!read.ok) return take(read);
    this.#asked.set(exchange, (effect) => {
      if (effect.kind === 'line' && !effect.last) return;
      this.#asked.delete(exchange);
      if (effect.kind === 'refuse') return take(fail(effect.problem));
      take(ok(wire.body(effect.body, target.identity.statements) as Record<string, unknown>));
    });
    this.#carrier.input(target, { kind: 'request', exchange, from: from.id, request: read.value });
  }

  hangUp(caller: SimPeer, callId: string): void {
    const flight = this.#byCall.get(callId);
    if (flight?.caller === caller) this.#lose(flight, 'The caller hung up.');
  }

  /** The peer stopped: what it asked is forgotten, who asked it is cut off. */
  stopped(peer: SimPeer): void {
    for (const flight of this.#flights.values()) {
      if (flight.caller === peer) this.#end(flight);
      else if (flight.target === peer) this.#reset(flight);
    }
  }

  #leaving(request: OutgoingRequest, by: SimPeer, wire: Wire): OutgoingRequest {
    if (request.body === undefined) return request;
    const body = wire.body(request.body, by.identity.statements) as Record<string, unknown>;
    return body === request.body ? request : { ...request, body };
  }

  #arrive(flight: Flight, target: SimPeer, exchange: string, request: OutgoingRequest): void {
    if (!target.up) return this.#reset(flight);
    const { caller } = flight;
    const first = exchange === flight.exchange;
    const read = this.#carrier.wire.arrived(request, target.identity.statements);
    this.#carrier.delivered(this.#message('request', flight, caller, target, request.body));
    if (read.ok) {
      const arrived: PeerRequest = read.value;
      this.#carrier.input(target, { kind: 'request', exchange, from: caller.id, request: arrived });
    } else this.answer({ kind: 'refuse', exchange, problem: read.error }, target);
    // Most are answered at once: only the others need somebody who looks at the clock.
    if (first && !flight.ended && !flight.answered) {
      const timeUp = Math.max(this.#carrier.now, flight.deadlineAt);
      this.#carrier.at(timeUp, () => this.#lose(flight, noAnswer));
    }
  }

  #return(flight: Flight, by: SimPeer, effect: Answer): void {
    const { caller, call } = flight;
    if (flight.ended || flight.run !== caller.run) return;
    switch (effect.kind) {
      case 'line':
        flight.lines += 1;
        this.#carrier.delivered(this.#message('line', flight, by, caller, effect.body));
        this.#carrier.input(caller, { kind: 'line', call, line: effect.body });
        if (effect.last) this.#finish(flight, { kind: 'answered', status: 200, body: effect.body });
        return;
      case 'reply': {
        const { status, body } = effect;
        this.#carrier.delivered(this.#message('answer', flight, by, caller, body));
        return this.#finish(flight, { kind: 'answered', status, body });
      }
      case 'refuse': {
        if (flight.lines > 0) return this.#lose(flight, 'The stream was cut.');
        const refused = refusal(effect.problem);
        this.#carrier.delivered(this.#message('refusal', flight, by, caller, effect.problem));
        return this.#finish(flight, refused);
      }
    }
  }

  #message(
    kind: Message['kind'],
    { call }: Flight,
    from: SimPeer,
    to: SimPeer,
    body: unknown,
  ): Message {
    return {
      at: this.#carrier.now,
      kind,
      from,
      to,
      route: call.request.route,
      purpose: call.purpose.kind,
      problem: kind === 'refusal' ? (body as Problem).code : undefined,
      body,
    };
  }

  /** Something of the call was lost: its caller hears of it soon, or only when the time is up. */
  #break(flight: Flight): void {
    this.#carrier.counts.lost += 1;
    if (!this.#happens(this.#carrier.faults.silence)) return this.#reset(flight);
    const timeUp = Math.max(this.#carrier.now, flight.deadlineAt);
    this.#carrier.at(timeUp, () => this.#lose(flight, noAnswer));
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
    const { caller, call } = flight;
    if (flight.run === caller.run) this.#carrier.input(caller, { kind: 'outcome', call, outcome });
  }

  #end(flight: Flight): void {
    if (flight.ended) return;
    flight.ended = true;
    this.#flights.delete(flight.exchange);
    if (this.#byCall.get(flight.call.id) === flight) this.#byCall.delete(flight.call.id);
    if (flight.call.purpose.kind === 'deposits') this.#waiting -= 1;
  }

  #arrival(from: SimPeer, to: SimPeer): Milliseconds {
    const { now, random, faults } = this.#carrier;
    const { delayMs } = this.#carrier.link(from, to);
    return now + 1 + delayMs + random.below(Math.max(1, faults.delayMsMax));
  }

  #happens(thousandths: number): boolean {
    return thousandths > 0 && this.#carrier.random.below(1000) < thousandths;
  }
}
