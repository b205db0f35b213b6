import type { Amount } from '../amount.ts';
import { draft, type Opened, sealStatement } from '../identity/index.ts';
import { nextTimerAt, type ShelfDocument } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { type Bid, bidStatement, type DealId, type RequestInput } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
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

  get nextInMs(): number | undefined {
    const at = this.world.run((ctx) => nextTimerAt(ctx));
    return at === undefined ? undefined : at - this.world.now;
  }
}
