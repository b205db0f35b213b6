import { expect } from 'vitest';
import type { Amount } from '../../src/amount.ts';
import type { PeerId } from '../../src/identity/index.ts';
import { draft } from '../../src/identity/index.ts';
import {
  answers,
  type DealId,
  deliveryStatement,
  type OutgoingRequest,
  type RouteName,
} from '../../src/protocol/index.ts';
import { bodyOf, Caller, nowSeconds, randomId } from './caller.ts';
import { digestOf } from './digest.ts';
import { type TestDocument, TestMarket } from './market.ts';
import type { PeerProcess } from './peer.ts';

/**
 * A peer and an issuer under attack, by a neighbor whose key is in the wrong hands and by a peer that nobody
 * knows. The neighbor has paid on its tab and bought a document before.
 */
export class Siege {
  readonly market: TestMarket;
  readonly bob: PeerProcess;
  readonly document: TestDocument;
  readonly neighbor: Caller;
  readonly stranger: Caller;
  /** What the neighbor ordered, the issuer's receipt of it, and what it bought. */
  order = '';
  receipt = '';
  bought = { deal: '' as DealId, bid: '', accessKey: '' };

  private constructor(parts: Pick<Siege, 'market' | 'bob' | 'document' | 'neighbor' | 'stranger'>) {
    this.market = parts.market;
    this.bob = parts.bob;
    this.document = parts.document;
    this.neighbor = parts.neighbor;
    this.stranger = parts.stranger;
  }

  static async open(): Promise<Siege> {
    const market = await TestMarket.open();
    try {
      return await Siege.#around(market);
    } catch (error) {
      await market.close();
      throw error;
    }
  }

  static async #around(market: TestMarket): Promise<Siege> {
    const bob = await market.trader('bob', { issues: true, market: { creditLimit: 10_000 } });
    const [document] = await market.shelve(bob, [5_000]);
    if (!document) throw new Error('There is no document.');
    const [neighbor, stranger] = await Promise.all([Caller.make(), Caller.make()]);
    const siege = new Siege({ market, bob, document, neighbor, stranger });
    await siege.#prepare();
    return siege;
  }

  async #prepare(): Promise<void> {
    const { market, bob, neighbor, stranger, document } = this;
    // At the issuer too, for its pace: strangers are soon told to come again later.
    for (const peer of this.both) await peer.ask('addNeighbor', { invite: neighbor.card() });
    for (const payee of [neighbor, stranger]) {
      const { currency } = market;
      await market.bank.ask('pay', { currency, payee: payee.self, amount: 1_000 });
    }
    this.order = neighbor.order(this.toBob(10));
    const transfer = { route: 'transfer', body: { order: this.order } } as const;
    const paid = await neighbor.ask(market.bank, transfer);
    this.receipt = answers.transfer.parse(bodyOf(paid)).receipt;
    bodyOf(await neighbor.ask(bob, this.payment(this.receipt)));
    const bought = await neighbor.buy(bob, document.documentId, market.currency);
    const { deal, bid, instructions } = bought;
    this.bought = { deal, bid, accessKey: instructions.accessKey };
  }

  get both(): readonly PeerProcess[] {
    return [this.bob, this.market.bank];
  }

  digests() {
    return this.both.map(digestOf);
  }

  /** Nothing has changed since the digests were taken, nothing failed, and both still answer. */
  async unharmed(before: ReturnType<Siege['digests']>): Promise<void> {
    expect(this.digests()).toEqual(before);
    for (const peer of this.both) {
      expect(peer.isUp).toBe(true);
      const route = peer === this.bob ? 'terms' : 'currency';
      expect((await this.neighbor.ask(peer, { route })).kind).toBe('answered');
      // Pino's level for errors: a handler that threw.
      expect(peer.log).not.toContain('"level":50');
    }
  }

  toBob(amount = 5) {
    const { market, bob } = this;
    return { aud: market.currency, payee: bob.self, amount: amount as Amount };
  }

  payment(receipt: string, currency = this.market.currency): OutgoingRequest {
    return { route: 'payTab', params: { currency }, body: { receipt } };
  }

  solicitation(currency = this.market.currency): OutgoingRequest {
    const query = { text: 'document' };
    const body = { id: randomId(), query, currency, maxPrice: 50, budgetMs: 500 };
    return { route: 'solicit', body };
  }

  delivery(by: Caller, aud: PeerId): OutgoingRequest {
    const says = { iss: by.self, iat: nowSeconds(), jti: randomId() };
    const about = { aud, sub: this.document.documentId, deal: this.bought.deal };
    const delivery = by.seal(draft(deliveryStatement, { ...says, ...about }));
    return { route: 'deliver', body: { delivery }, bearer: this.bought.accessKey };
  }

  #exchange() {
    const { market, bob } = this;
    return { id: randomId(), give: market.currency, get: bob.self, amount: 10 };
  }

  /** A request of each route that would be carried out if nobody spoiled it. */
  goodRequest(route: RouteName): OutgoingRequest {
    const { neighbor, bought, market } = this;
    const { accessKey, bid } = bought;
    const hold = { params: { jti: randomId() } };
    const contest = neighbor.contest(this.bob, bought.deal);
    const requests: Partial<Record<RouteName, OutgoingRequest>> = {
      transfer: { route, body: { order: neighbor.order(this.toBob()) } },
      order: { route, ...hold },
      fulfilHold: { route, ...hold, body: { preimage: accessKey } },
      voidHold: { route, ...hold },
      introduce: { route, body: { card: neighbor.card(), note: '' } },
      tab: { route, params: { currency: market.currency } },
      payTab: this.payment(this.receipt),
      exchange: { route, body: this.#exchange() },
      swap: {
        route,
        body: { ...this.#exchange(), sha256: accessKey, expires: nowSeconds() + 7_200 },
      },
      solicit: this.solicitation(),
      accept: { route, body: { bid, deal: randomId() } },
      open: { route, body: { accessKey, card: neighbor.card() } },
      deliver: this.delivery(neighbor, this.bob.self),
      contest: { route, body: { contest, evidence: contest } },
      showDelivery: {
        route,
        params: { deal: this.bought.deal },
        body: this.delivery(neighbor, this.bob.self).body ?? {},
      },
    };
    return requests[route] ?? { route };
  }

  async close(): Promise<void> {
    await Promise.all([this.neighbor.close(), this.stranger.close()]);
    await this.market.close();
  }
}
