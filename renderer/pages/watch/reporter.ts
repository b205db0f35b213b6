import type { CurrencyId, PeerId } from '../../../src/identity/index.ts';
import type { PeerEvent } from '../../../src/kernel/index.ts';
import { bidsOf, purchaseOf, searchOf } from '../../../src/market/index.ts';
import { ordersOf } from '../../../src/money/index.ts';
import type { DealId } from '../../../src/protocol/index.ts';
import type { Bazaar, Message, SimPeer } from '../../../src/simulation/index.ts';
import type { Happening, Traffic } from './scene.ts';

const trafficMax = 400;
const happeningsMax = 400;

type Told = Omit<Happening, 'number' | 'atMs'>;

/** Puts what passes in a market into what a person would tell, until somebody takes it. */
export class Reporter {
  #traffic: Traffic[] = [];
  #happenings: { readonly at: number; readonly number: number; readonly told: Told }[] = [];
  readonly #searches = new Set<string>();
  readonly #bought = new Set<DealId>();
  #count = 0;
  /** How often trading made somebody known. */
  met = 0;

  message(bazaar: Bazaar, message: Message): void {
    const kind = trafficOf(message);
    const [from, to] = [placeIn(bazaar, message.from), placeIn(bazaar, message.to)];
    if (kind && this.#traffic.length < trafficMax) this.#traffic.push({ from, to, kind });
    if (message.kind !== 'request') return;
    if (message.route === 'solicit') this.#tellSearch(bazaar, message);
    if (message.route === 'payTab') this.#tellPayment(bazaar, message);
  }

  event(bazaar: Bazaar, peer: SimPeer, event: PeerEvent): void {
    const who = placeIn(bazaar, peer);
    const { world } = bazaar;
    switch (event.type) {
      case 'bid': {
        const bids = world.read(peer, (ctx) => bidsOf(ctx, event.search));
        const bid = bids.find(({ id }) => id === event.bid)?.bid;
        if (!bid) return;
        const price = { amount: bid.price, symbol: symbolOf(bazaar, bid.currency) };
        const whom = placeOfId(bazaar, event.peer);
        return this.#tell(bazaar, { kind: 'bid', who, whom, title: bid.title, ...price });
      }
      case 'search-ended': {
        if (event.bids > 0) return;
        const search = world.read(peer, (ctx) => searchOf(ctx, event.search));
        const title = titleIn(bazaar, search?.query.documentId);
        return this.#tell(bazaar, { kind: 'no-bid', who, title });
      }
      case 'deal':
        if (event.side === 'purchase') this.#tellDeal(bazaar, peer, event.deal, event.state);
        return;
      case 'discovered':
        this.met += 1;
        return this.#tell(bazaar, { kind: 'met', who, whom: placeOfId(bazaar, event.peer) });
      case 'neighbor': {
        if (peer.book.get(event.peer)?.reason !== 'Met by trading.') return;
        return this.#tell(bazaar, { kind: 'neighbors', who, whom: placeOfId(bazaar, event.peer) });
      }
    }
  }

  takeTraffic(): readonly Traffic[] {
    const taken = this.#traffic;
    this.#traffic = [];
    return taken;
  }

  takeHappenings(beganAt: number): readonly Happening[] {
    const taken = this.#happenings.map(({ at, number, told }) => {
      return { number, atMs: Math.max(0, at - beganAt), ...told };
    });
    this.#happenings = [];
    return taken;
  }

  #tell({ world }: Bazaar, told: Told): void {
    this.#count += 1;
    if (this.#happenings.length < happeningsMax)
      this.#happenings.push({ at: world.now, number: this.#count, told });
  }

  /** A search becomes known by its first question; those that are asked on belong to the same. */
  #tellSearch(bazaar: Bazaar, { from, body }: Message): void {
    const { id } = body as { readonly id: string };
    if (this.#searches.has(id)) return;
    this.#searches.add(id);
    const search = bazaar.world.read(from, (ctx) => searchOf(ctx, id));
    const offer = search?.offers[0];
    if (!search || !offer) return;
    this.#tell(bazaar, {
      ...{ kind: 'search', who: placeIn(bazaar, from), amount: offer.maxPrice },
      symbol: symbolOf(bazaar, offer.currency),
      title: titleIn(bazaar, search.query.documentId),
    });
  }

  #tellPayment(bazaar: Bazaar, { from, to, body }: Message): void {
    const orders = [bazaar.bank, ...bazaar.traders]
      .filter(({ settings }) => settings.issues)
      .flatMap(({ id }) => bazaar.world.read(from, (ctx) => ordersOf(ctx, id, { limit: 20 })));
    const paid = orders.find(({ payee, purpose }) => payee === to.id && purpose.kind === 'tab');
    if (!paid || body === undefined) return;
    const [who, whom] = [placeIn(bazaar, from), placeIn(bazaar, to)];
    const symbol = symbolOf(bazaar, paid.currency);
    this.#tell(bazaar, { kind: 'paid', who, whom, amount: paid.amount, symbol });
  }

  #tellDeal(bazaar: Bazaar, peer: SimPeer, deal: DealId, state: string): void {
    const purchase = bazaar.world.read(peer, (ctx) => purchaseOf(ctx, deal));
    if (purchase?.purpose.kind !== 'self') return;
    const who = placeIn(bazaar, peer);
    const { title, price, currency, seller, serving } = purchase;
    const priced = { amount: price, symbol: symbolOf(bazaar, currency) };
    if (state === 'accepting' && !this.#bought.has(deal)) {
      this.#bought.add(deal);
      this.#tell(bazaar, {
        kind: 'buy',
        who,
        whom: placeOfId(bazaar, seller),
        title,
        ...priced,
      });
    }
    if (state === 'delivered' && serving !== undefined)
      this.#tell(bazaar, { kind: 'got', who, whom: placeOfId(bazaar, serving), title });
    if (state === 'failed' || state === 'expired')
      this.#tell(bazaar, { kind: 'failed', who, title });
  }
}

/** What a message is in a picture; deposits that are asked for and the like are not seen. */
function trafficOf({ kind, route, body }: Message): Traffic['kind'] | undefined {
  if (kind === 'request') {
    if (route === 'solicit') return 'ask';
    if (route === 'accept') return 'buy';
    if (route === 'open') return 'document';
    if (route === 'payTab' || route === 'transfer') return 'money';
  }
  if (kind === 'line' && typeof body === 'object' && body !== null && 'bid' in body) return 'bid';
  return undefined;
}

/** The bank stands behind the traders. */
function placeIn(bazaar: Bazaar, peer: SimPeer): number {
  return bazaar.placeOf(peer) ?? bazaar.traders.length;
}

function placeOfId(bazaar: Bazaar, peer: PeerId): number {
  const place = bazaar.traders.findIndex(({ id }) => id === peer);
  return place < 0 ? bazaar.traders.length : place;
}

function symbolOf({ bank, traders }: Bazaar, currency: CurrencyId): string {
  const issuer = [bank, ...traders].find(({ id }) => id === currency);
  return issuer?.settings.issues?.symbol ?? '';
}

function titleIn(bazaar: Bazaar, documentId: string | undefined): string {
  const titles = bazaar.demand.documents.map(({ number }) => bazaar.documentOf(number));
  return titles.find((document) => document.documentId === documentId)?.title ?? '';
}
