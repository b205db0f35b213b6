import type { Amount } from '../amount.ts';
import { type Account, balanceOf } from '../books/index.ts';
import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { nextTimerAt, type ShelfDocument } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { type Bid, bidStatement, type DealId, type RequestInput } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import { expectEntry, takeEntries } from '../tabs/index.ts';
import { marksOf } from '../trust/index.ts';
import { answerAcceptance } from './acceptance.ts';
import {
  dealOn,
  movePurchase,
  moveSale,
  type Purchase,
  type PurchaseState,
  type Sale,
  type SaleState,
  saleOf,
} from './deals.ts';

/** For tests: a seller alone, whose deals are set to the state that is looked at. */

export const [self, alice, carol, money] = [0, 1, 2, 8].map(testPeerId) as [
  never,
  never,
  never,
  never,
];
export const walden = testDocument('walden');
export const deal = 'AAAAAAAAAAAAAAAAAAAAAA' as DealId;
/** The purchase behind the deal, where there is one. */
export const behind = 'BBBBBBBBBBBBBBBBBBBBBA' as DealId;
const id = 'CCCCCCCCCCCCCCCCCCCCCA';

export const fromCarol: Sale['supply'] = { kind: 'supplier', purchase: behind };
export const waitingSales: readonly SaleState[] = ['buying', 'retrieving', 'sealing'];
export const endedSales: readonly SaleState[] = ['delivered', 'refunded', 'lapsed', 'closed'];

export class LoneSeller {
  readonly shelf = new Map<string, ShelfDocument>([[walden.documentId, walden]]);
  readonly world: TestContext;

  constructor() {
    const accepts = [{ currency: money, endpoints: [], solicitationFee: 0 }];
    this.world = testContext({
      self,
      settings: marketSettings.parse({ accepts, creditLimit: 100, policy: 3 }),
      library: { search: () => [], find: (document) => this.shelf.get(document) },
    });
    const says = { name: 'Alice', since: 0, reason: '', endpoints: ['https://alice:1'] };
    this.world.neighbors.put({ ...says, peer: alice, list: 'primary' });
  }

  bid(says: Partial<Bid> = {}): Opened<Bid> {
    const now = Math.floor(this.world.now / 1000);
    const payload: Bid = {
      ...{
        iss: self,
        iat: now,
        jti: id,
        sub: walden.documentId,
        solicitation: id,
        currency: money,
      },
      ...{ price: 10 as Amount, title: 'Walden', size: walden.sizeBytes, mediaType: 'text/plain' },
      ...{ exp: now + 600, ...says },
    };
    return { payload, text: sealStatement(draft(bidStatement, payload), testSigner(payload.iss)) };
  }

  /** Alice accepts; what she is answered, and nothing where she is not. */
  accept(says: Partial<Bid> = {}, input: Partial<RequestInput<'accept'>> = {}, exchange = 'x2') {
    this.world.takeEffects();
    const accepted = { bid: this.bid(says), deal, ...input };
    this.world.run((ctx) => answerAcceptance(ctx, exchange, alice, accepted));
    return this.answers();
  }

  /** What was answered since the effects were last taken: a problem's code, or the members of a reply. */
  answers() {
    return this.world.takeEffects().flatMap((effect) => {
      if (effect.kind === 'refuse') return [[effect.exchange, effect.problem.code]];
      return effect.kind === 'reply' ? [[effect.exchange, Object.keys(effect.body as object)]] : [];
    });
  }

  sale(): Sale | undefined {
    return this.world.run((ctx) => saleOf(ctx, alice, deal));
  }

  /** Sets the sale to a state, in which it is left in a minute. */
  put(state: SaleState, change: Partial<Sale> = {}): Sale {
    const { payload, text: bidText } = this.bid();
    return this.world.run((ctx) => {
      const begun = { ...dealOn(ctx, deal, payload), buyer: alice, bidId: id, bidText };
      const sale: Sale = { ...begun, state, supply: { kind: 'shelf' }, ...change };
      return moveSale(ctx, sale, state, ctx.now + 60_000);
    });
  }

  /** Sets the purchase behind the sale to a state: from Carol, for 6. */
  putPurchase(state: PurchaseState, change: Partial<Purchase> = {}): Purchase {
    const { payload: bid, text: bidText } = this.bid({ iss: carol, price: 6 as Amount });
    return this.world.run((ctx) => {
      const purchase: Purchase = {
        ...{ ...dealOn(ctx, behind, bid), state, seller: carol, bid, bidText, bidId: bid.jti },
        ...{ purpose: { kind: 'resale', buyer: alice, deal }, payments: 0, ...change },
      };
      return movePurchase(ctx, purchase, state, ctx.now + 60_000);
    });
  }

  books(account: Account): number {
    return this.world.run((ctx) => balanceOf(ctx, money, account));
  }

  /** What was called, and how contests went on, since the effects were last taken. */
  contestEvents(): readonly string[] {
    return this.world.takeEffects().flatMap((effect) => {
      if (effect.kind === 'call') return [effect.call.request.route];
      return effect.kind === 'event' && effect.event.type === 'contest'
        ? [`${effect.event.side} ${effect.event.state}`]
        : [];
    });
  }

  /** How many deals speak against a peer. */
  marks(peer: PeerId): number {
    return this.world.run((ctx) => marksOf(ctx, peer).length);
  }

  /** As when the purchase was accepted: its charge is expected on Carol's tab. */
  expectCharge(currency: PeerId = money, reference = behind): void {
    this.world.run((ctx) =>
      expectEntry(ctx, { peer: carol, endpoints: ['https://carol:1'] }, currency, {
        ...{ kind: 'purchase', reference, amount: 6 as Amount, counter: 'clearing:deals' },
        cause: { kind: 'bought', peer: carol, deal: behind, reason: 'A test.' },
      }),
    );
  }

  /** Carol's tab shows the purchase, and that it was taken back where that is said. */
  charge(refunded = false): void {
    this.expectCharge();
    const entries = [
      { n: 1, at: 0, kind: 'purchase', amount: 6, reference: behind },
      ...(refunded ? [{ n: 2, at: 0, kind: 'refund', amount: -6, reference: behind }] : []),
    ];
    const tab = { currency: money, balance: refunded ? 0 : 6, entries: entries.length };
    const answer = { kind: 'answered', status: 200, body: { tab, entries } } as const;
    this.world.run((ctx) => takeEntries(ctx, carol, money, answer));
  }

  get nextInMs(): number | undefined {
    const at = this.world.run((ctx) => nextTimerAt(ctx));
    return at === undefined ? undefined : at - this.world.now;
  }
}
