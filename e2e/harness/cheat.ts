import express from 'express';
import { type Received, startService, type TestService } from '../../main/services/test-wire.ts';
import type { Amount } from '../../src/amount.ts';
import { draft, type Opened, type PeerId } from '../../src/identity/index.ts';
import { problem } from '../../src/problem.ts';
import {
  type Bid,
  bidStatement,
  cardStatement,
  type DocumentId,
  instructionsStatement,
  type RequestInput,
} from '../../src/protocol/index.ts';
import { Caller, nowSeconds, randomId } from './caller.ts';
import type { PeerProcess } from './peer.ts';
import { baitBytes, SealedBait } from './sealed-bait.ts';

/**
 * How a seller cheats (paper §4):
 * - `nothing`: takes the price, and serves nothing
 * - `fake`: serves something else than was bought
 * - `swallow`: an intermediary that takes the price and keeps the instructions for itself
 * - `inflate`: charges more than it bid
 * - `sealed`: sells against its key, and encrypts a fake
 * - `silent`: bids, and never answers when its bid is accepted
 */
export type Lie = 'nothing' | 'fake' | 'swallow' | 'inflate' | 'sealed' | 'silent';

interface Entry {
  readonly n: number;
  readonly at: number;
  readonly kind: string;
  readonly amount: number;
  readonly reference: string;
}

export const cheatsFee = 1;
export const cheatsPrice = 20;
const inflatedBy = 7;

/**
 * A dishonest program: it speaks the protocol over pinned TLS with a key of its own, is paid in advance like
 * any stranger, and keeps what it was paid.
 */
export class Cheat {
  readonly caller: Caller;
  readonly title: string;
  /** Who asked it for bids. */
  readonly solicitedBy: PeerId[] = [];
  readonly #bank: PeerProcess;
  readonly #lie: Lie;
  readonly #tabs = new Map<PeerId, Entry[]>();
  readonly #bait = new SealedBait();
  readonly #stopping = new AbortController();
  #collecting: Promise<void> = Promise.resolve();
  #service: TestService | undefined;

  private constructor(caller: Caller, bank: PeerProcess, lie: Lie) {
    this.caller = caller;
    this.title = `bait ${randomId().slice(0, 6)}`;
    this.#bank = bank;
    this.#lie = lie;
  }

  static async open(bank: PeerProcess, lie: Lie): Promise<Cheat> {
    const cheat = new Cheat(await Caller.make(), bank, lie);
    const documents = express.Router().use('/documents/v1', (request, response, next) => {
      if (lie === 'sealed' && request.method === 'GET') cheat.#bait.serve(request, response);
      // A manifest of another document: a well-formed one, of nothing.
      else if (request.path.endsWith('/manifest')) response.send(emptyManifest);
      else next();
    });
    cheat.#service = await startService((received) => cheat.#answer(received), {
      peer: cheat.caller.wire,
      ...((lie === 'fake' || lie === 'sealed') && { documents }),
    });
    const { signal } = cheat.#stopping;
    if (lie === 'sealed') cheat.#collecting = cheat.#bait.collect(cheat.caller, bank, signal);
    return cheat;
  }

  get self(): PeerId {
    return this.caller.self;
  }

  get endpoint(): string {
    return this.#service?.endpoint ?? '';
  }

  card(): string {
    const head = { iss: this.self, iat: nowSeconds(), jti: randomId() };
    const accepts = [this.#accepted];
    const says = { name: this.title, sequence: 1, endpoints: [this.endpoint], accepts };
    return this.caller.seal(draft(cardStatement, { ...head, ...says }));
  }

  /** What it has made: it is money like any other's. */
  gain(): Promise<number> {
    return this.caller.balance(this.#bank);
  }

  async close(): Promise<void> {
    this.#stopping.abort();
    await this.#collecting;
    await this.caller.close();
    await this.#service?.close();
  }

  get #accepted() {
    const { self, endpoint } = this.#bank;
    return { currency: self, endpoints: [endpoint], solicitationFee: cheatsFee as Amount };
  }

  #answer({ from, request, exchange }: Received): void {
    const tab = this.#tabOf(from);
    switch (request.route) {
      case 'card':
        return exchange.reply(200, { card: this.card() });
      case 'introduce':
        return exchange.reply(200, { standing: 'secondary' });
      case 'terms':
        return exchange.reply(200, {
          standing: 'secondary',
          currencies: [{ ...this.#accepted, creditLimit: 0, settleAt: 0, payment: this.#payment }],
        });
      case 'tab': {
        const entries = this.#entriesOf(from).filter(({ n }) => n > request.input.after);
        return exchange.reply(200, { tab, entries });
      }
      case 'payTab': {
        const { amount, order } = request.input.receipt.payload;
        this.#enter(from, 'payment', 0 - amount, order);
        return exchange.reply(200, { tab: this.#tabOf(from) });
      }
      case 'solicit':
        return this.#bid(from, request.input, exchange);
      case 'accept':
        return this.#accept(from, request.input, exchange);
      case 'open':
        if (this.#lie !== 'fake' && this.#lie !== 'sealed')
          return exchange.refuse(problem('access-key-unknown', 'No.'));
        return exchange.reply(201, { documentId: bait(this.title), size: baitBytes });
      case 'contest':
        return exchange.reply(200, { outcome: 'refused', tab });
      default:
        return exchange.refuse(problem('not-found', 'No.'));
    }
  }

  get #payment() {
    return { payee: this.self, transactionId: 'tab' };
  }

  #bid(from: PeerId, asked: RequestInput<'solicit'>, exchange: Received['exchange']): void {
    this.solicitedBy.push(from);
    if (!this.#affords(from, cheatsFee, exchange)) return;
    this.#enter(from, 'solicitation', cheatsFee, asked.id);
    const wanted = asked.query.text === this.title && cheatsPrice <= asked.maxPrice;
    const bid: Bid = {
      ...{ iss: this.self, iat: nowSeconds(), jti: randomId(), sub: bait(this.title) },
      ...{ solicitation: asked.id, currency: asked.currency, price: cheatsPrice as Amount },
      ...{ title: this.title, size: baitBytes, mediaType: 'text/plain', exp: nowSeconds() + 600 },
      ...(this.#lie === 'sealed' && { sealed: true }),
    };
    if (wanted) exchange.line({ bid: draft(bidStatement, bid) }, false);
    const end = { reason: 'complete', bids: wanted ? 1 : 0, charged: cheatsFee };
    exchange.line({ end: { ...end, tab: this.#tabOf(from) } }, true);
  }

  #accept(from: PeerId, input: RequestInput<'accept'>, exchange: Received['exchange']) {
    const { bid, deal } = input;
    if (this.#lie === 'silent') return;
    if (input.sealed) {
      const instructions = this.#instructions(bid);
      const sealed = { transactionId: `bait-${deal}`, holdSeconds: 3_600 };
      return exchange.reply(200, { instructions, tab: this.#tabOf(from), sealed });
    }
    const known = this.#entriesOf(from).some(({ reference }) => reference === deal);
    const { price } = bid.payload;
    if (!known && !this.#affords(from, price, exchange)) return;
    const charged = this.#lie === 'inflate' ? price + inflatedBy : price;
    if (!known) this.#enter(from, 'purchase', charged, deal);
    const instructions = this.#lie === 'swallow' ? 'none for you' : this.#instructions(bid);
    exchange.reply(200, { instructions, tab: this.#tabOf(from) });
  }

  #instructions({ payload: bid }: Opened<Bid>) {
    const head = { iss: this.self, iat: nowSeconds(), jti: randomId() };
    return draft(instructionsStatement, {
      ...{ ...head, sub: bid.sub, size: bid.size, endpoints: [this.endpoint], card: this.card() },
      accessKey: Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url'),
      exp: nowSeconds() + 600,
      ...(this.#lie === 'sealed' && {
        sealed: { documentId: this.#bait.documentId, sha256: this.#bait.sha256 },
      }),
    });
  }

  /** Like any stranger's seller it gives no credit; it says so and asks for what is missing. */
  #affords(from: PeerId, price: number, exchange: Received['exchange']): boolean {
    const { balance, currency } = this.#tabOf(from);
    const needed = balance + price;
    if (needed <= 0) return true;
    const members = { currency, balance, limit: 0, needed, payment: this.#payment };
    exchange.refuse(problem('tab-limit', 'Pay first.', members));
    return false;
  }

  #entriesOf(peer: PeerId): Entry[] {
    const entries = this.#tabs.get(peer) ?? [];
    this.#tabs.set(peer, entries);
    return entries;
  }

  #enter(peer: PeerId, kind: string, amount: number, reference: string): void {
    const entries = this.#entriesOf(peer);
    if (kind === 'payment' && entries.some((each) => each.reference === reference)) return;
    entries.push({ n: entries.length + 1, at: Date.now(), kind, amount, reference });
  }

  #tabOf(peer: PeerId) {
    const entries = this.#entriesOf(peer);
    const balance = entries.reduce((sum, { amount }) => sum + amount, 0);
    return { currency: this.#bank.self, balance, entries: entries.length };
  }
}

/** `souk1`, a size of five bytes, pieces of 1 MiB, and one piece that hashes to nothing. */
const emptyManifest = Buffer.concat([
  Buffer.from('souk1'),
  Buffer.from([0, 0, 0, 0, 0, 0, 0, 5, 20]),
  Buffer.alloc(32),
]);

function bait(title: string): DocumentId {
  const letters = Buffer.from(title)
    .toString('hex')
    .replaceAll(/[01]/g, 'a')
    .replaceAll(/[89]/g, 'b');
  return `b3-${letters.padEnd(52, 'c').slice(0, 52)}` as DocumentId;
}
