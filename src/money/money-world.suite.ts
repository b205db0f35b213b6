import { createHash } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import type { Amount } from '../amount.ts';
import { balanceOf, balances, currenciesOf } from '../books/index.ts';
import { type PeerId, sealDrafts } from '../identity/index.ts';
import {
  type Call,
  type Context,
  type Fact,
  type Outcome,
  type PaymentPurpose,
  resendDue,
  takeDueTimers,
} from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import {
  type CurrencyView,
  dropWaitingPolls,
  handleLcp,
  handleLedgerTimer,
  isLcpRequest,
  isWalletPurpose,
  lookAtHold,
  type MoneyRules,
  orderHold,
  pay,
  pollDeposits,
  startWallet,
  supplyStatement,
  takeWalletOutcome,
  walletView,
} from './index.ts';
import { arrived } from './test-door.suite.ts';

/** For tests: an issuer and wallets, and a network between them that may lose and repeat messages. */

export const rules: MoneyRules = {
  incoming: (_, { payer, order, transactionId }) =>
    transactionId === 'tab'
      ? {
          account: `assets:tab:${payer}`,
          cause: { kind: 'payment-in', peer: payer, reference: order, reason: 'Paid on the tab.' },
        }
      : undefined,
  outgoing: (_, { payee, transactionId }) =>
    transactionId === 'tab' ? { kind: 'tab', peer: payee } : { kind: 'gift', note: 'Restored.' },
};

export const gift: PaymentPurpose = { kind: 'gift', note: 'Thanks.' };

export interface Fault {
  /** The request never arrives. */
  readonly loseRequest?: boolean;
  /** It is carried out, and nobody hears of it. */
  readonly loseAnswer?: boolean;
}

interface HoldOf {
  readonly lock: string;
  readonly lastsMs: number;
}

/** The lock that a preimage of 32 times this byte opens. */
export function keyOf(byte: number): { readonly preimage: string; readonly lock: string } {
  const bytes = new Uint8Array(32).fill(byte);
  return { preimage: base64urlnopad.encode(bytes), lock: base64urlnopad.encode(sha256(bytes)) };
}

interface Flight {
  readonly from: number;
  readonly call: Call;
}

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());

export class MoneyWorld {
  /** Peer 0 issues; the others keep wallets. */
  readonly peers: TestContext[];
  readonly bank: TestContext;
  /** Requests that were answered, to be delivered again. */
  readonly delivered: Flight[] = [];
  #flights: Flight[] = [];
  readonly #waiting = new Map<string, Flight>();

  constructor(wallets: number, fee = { flat: 1, perMillion: 10_000 }) {
    this.peers = Array.from({ length: wallets + 1 }, (_, n) => this.#newPeer(n, fee));
    this.bank = this.peer(0);
  }

  peer(n: number): TestContext {
    const found = this.peers[n];
    if (!found) throw new Error(`There is no peer ${n}.`);
    return found;
  }

  /** Starts every peer and lets them find each other. */
  start(): void {
    this.peers.forEach((_, n) => {
      this.restart(n);
    });
    this.settle();
  }

  /** Peer `from` orders a payment in the currency. */
  order(
    from: number,
    payee: PeerId,
    amount: number,
    purpose: PaymentPurpose = gift,
    transactionId = 'x',
  ) {
    const { currency } = this;
    return this.run(from, (ctx) =>
      pay(ctx, { currency, payee, amount: amount as Amount, transactionId, purpose }),
    );
  }

  /** Peer `from` orders a hold in the currency, locked by `lockOf(preimage)`. */
  hold(from: number, payee: PeerId, amount: number, { lock, lastsMs }: HoldOf) {
    const { currency } = this;
    return this.run(from, (ctx) =>
      orderHold(ctx, {
        currency,
        payee,
        amount: amount as Amount,
        transactionId: 'swap',
        purpose: {
          kind: 'hold',
          use: 'exchange',
          peer: payee,
          reference: 'swap',
          account: 'equity:exchange',
        },
        hold: { sha256: lock, expires: Math.floor((this.peer(from).now + lastsMs) / 1000) },
      }),
    );
  }

  view(n: number): CurrencyView {
    const found = this.run(n, walletView).find(({ currency }) => currency === this.currency);
    if (!found) throw new Error(`Wallet ${n} does not know the currency.`);
    return found;
  }

  facts<K extends Fact['kind']>(n: number, kind: K) {
    return this.peer(n).facts.filter(
      (fact): fact is Extract<Fact, { readonly kind: K }> => fact.kind === kind,
    );
  }

  get currency(): PeerId {
    return this.bank.self;
  }

  get inFlight(): number {
    return this.#flights.length;
  }

  run<T>(n: number, work: (ctx: Context) => T): T {
    const result = this.peer(n).run(work);
    this.#collect();
    return result;
  }

  /** Carries the oldest message. */
  step(fault: Fault = {}): void {
    const flight = this.#flights.shift();
    if (!flight) return;
    if (fault.loseRequest || flight.call.to.peer !== this.currency) this.#lose(flight);
    else this.#deliver(flight, fault);
  }

  /** Delivers an old request once more; whoever asked does not wait for it any more. */
  repeat(which: number): void {
    const old = this.delivered[which % Math.max(1, this.delivered.length)];
    if (old) this.#ask({ ...old, call: { ...old.call, id: `again ${this.delivered.length}` } });
  }

  /** Carries messages until there are none, or only queries that wait. */
  settle(): void {
    for (let steps = 0; this.#flights.length > 0; steps++) {
      if (steps > 5_000) throw new Error('The world does not come to rest.');
      this.step();
    }
  }

  pass(ms: number): void {
    for (const peer of this.peers) peer.now += ms;
    this.peers.forEach((_, n) => {
      this.run(n, (ctx) => {
        for (const timer of takeDueTimers(ctx, 1_000)) {
          if (timer.kind === 'poll-deposits') pollDeposits(ctx, timer.currency);
          if (timer.kind === 'hold-look') lookAtHold(ctx, timer);
          if (timer.kind === 'hold-expiry' || timer.kind === 'poll-answer') {
            handleLedgerTimer(ctx, timer, rules);
          }
        }
        resendDue(ctx, 1_000);
      });
    });
  }

  /** The peer stops and starts: what it had under way is lost. */
  restart(n: number): void {
    this.#flights = this.#flights.filter(({ from }) => from !== n);
    for (const [exchange, flight] of this.#waiting) {
      if (flight.from === n) this.#waiting.delete(exchange);
      else if (n === 0) {
        this.#waiting.delete(exchange);
        this.#lose(flight);
      }
    }
    this.run(n, (ctx) => {
      dropWaitingPolls(ctx);
      resendDue(ctx, 1_000, true);
      startWallet(ctx);
    });
  }

  /** The peer loses its disk and starts with an empty one. */
  wipe(n: number): void {
    const { settings, now, self } = this.peer(n);
    this.peers[n] = testContext({ self, settings, now, sha256, seed: 1000 + now + n });
    this.restart(n);
  }

  books(n: number, account: Parameters<typeof balanceOf>[2]): number {
    return this.peer(n).run((ctx) => balanceOf(ctx, this.currency, account));
  }

  supply() {
    return this.bank.run((ctx) => supplyStatement(ctx));
  }

  /** Throws unless every journal sums to zero and the issuer's books say what its ledger says. */
  audit(): void {
    for (const peer of this.peers) {
      peer.run((ctx) => {
        for (const currency of currenciesOf(ctx)) {
          const sum = [...balances(ctx, currency).values()].reduce((a, b) => a + b, 0);
          if (sum !== 0) throw new Error(`The books of ${peer.self} are off by ${sum}.`);
        }
      });
    }
    const { issued, destroyed, sumOfBalances, sumOfHeld } = this.supply();
    const exists = issued - destroyed;
    const issuance = -this.books(0, 'equity:issuance');
    if (exists !== sumOfBalances + sumOfHeld || exists !== issuance) {
      throw new Error(
        `${exists} exist, ${sumOfBalances} + ${sumOfHeld} stand, ${issuance} booked.`,
      );
    }
  }

  #newPeer(n: number, fee: { flat: number; perMillion: number }): TestContext {
    const bank = testPeerId(0);
    const issues = {
      name: 'Thalers',
      symbol: 'T',
      decimals: 0,
      fee: fee as { flat: Amount; perMillion: Amount },
      redeemableFor: 'documents',
    };
    const accepts = [
      { currency: bank, endpoints: ['https://bank:1'], solicitationFee: 1 as Amount },
    ];
    return testContext({
      self: testPeerId(n),
      seed: n + 1,
      sha256,
      settings: n === 0 ? { issues } : { accepts },
    });
  }

  #deliver(flight: Flight, { loseAnswer }: Fault): void {
    this.delivered.push(flight);
    if (loseAnswer) {
      this.#ask({ ...flight, call: { ...flight.call, id: `lost ${flight.call.id}` } });
      this.#lose(flight);
      return;
    }
    this.#waiting.set(flight.call.id, flight);
    this.#ask(flight);
  }

  #ask({ from, call }: Flight): void {
    const caller = this.peer(from).self;
    const request = arrived(call, caller);
    this.run(0, (ctx) => {
      if (isLcpRequest(request)) handleLcp(ctx, call.id, caller, request, rules);
    });
  }

  #lose(flight: Flight): void {
    this.#answer(flight, { kind: 'unreachable', detail: 'The network lost it.' });
  }

  #answer({ from, call }: Flight, outcome: Outcome): void {
    const { purpose, id } = call;
    if (!isWalletPurpose(purpose)) return;
    this.run(from, (ctx) => takeWalletOutcome(ctx, { id, purpose }, outcome, rules));
  }

  #collect(): void {
    this.peers.forEach((peer, from) => {
      for (const effect of peer.takeEffects()) {
        if (effect.kind === 'call') this.#flights.push({ from, call: effect.call });
        if (effect.kind !== 'reply' && effect.kind !== 'refuse') continue;
        const flight = this.#waiting.get(effect.exchange);
        if (!flight) continue;
        this.#waiting.delete(effect.exchange);
        if (effect.kind === 'reply') {
          const body = sealDrafts(effect.body, testSigner(peer.self));
          this.#answer(flight, { kind: 'answered', status: effect.status, body });
        } else {
          const { problem } = effect;
          this.#answer(flight, { kind: 'refused', problem, retryable: false, body: undefined });
        }
      }
    });
  }
}
