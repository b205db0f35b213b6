import type { Amount } from '../amount.ts';
import { post } from '../books/index.ts';
import { draft, type PeerId, sealStatement } from '../identity/index.ts';
import { testSigner } from '../kernel/test-context.ts';
import { addCurrency, incomingHold, type MoneyRules, takeWalletOutcome } from '../money/index.ts';
import { type IncomingHold, incoming } from '../money/wallet-state.ts';
import { type CurrencyTerms, currencyStatement } from '../protocol/index.ts';
import type { Sale, SaleState } from './deals.ts';
import { takeHoldIn, takeHoldOut } from './index.ts';
import { LoneBuyer } from './lone-buyer.suite.ts';
import { alice, behind, carol, deal, money, walden } from './lone-seller.suite.ts';
import { lockOf, transactionIdOf } from './seal-record.ts';

/** For tests: a peer alone that buys and sells against the key, and has 100 of a currency whose issuer holds. */

const id = 'CCCCCCCCCCCCCCCCCCCCCA';
/** The order of Alice's hold for this peer, and of this peer's for Carol. */
export const [theirs, ours] = ['EEEEEEEEEEEEEEEEEEEEEA', 'FFFFFFFFFFFFFFFFFFFFFA'];
const rules: MoneyRules = {
  incoming: () => undefined,
  outgoing: () => ({ kind: 'gift', note: '' }),
};

export class LoneSealed extends LoneBuyer {
  /** 32 bytes in base64url: the key of the document, and another one. */
  readonly key = 'B'.repeat(42).concat('A');
  readonly otherKey = 'C'.repeat(42).concat('A');

  constructor() {
    super();
    const known = this.world.neighbors.get(alice);
    if (known) this.world.neighbors.put({ ...known, list: 'secondary' });
  }

  /** Follows the currency, whose issuer asks no fee, and has so much of it. */
  fund(balance = 100, features: CurrencyTerms['features'] = ['holds']): void {
    const payload: CurrencyTerms = {
      ...{ iss: money, iat: 1_000, jti: id, name: 'Money', symbol: 'M', decimals: 0, features },
      ...{ fee: { flat: 0 as Amount, perMillion: 0 as Amount }, queryFee: 0 as Amount },
      ...{ supply: { issued: 0 as Amount, destroyed: 0 as Amount }, endpoints: [] },
      redeemableFor: 'documents',
    };
    const currency = sealStatement(draft(currencyStatement, payload), testSigner(money));
    this.world.takeEffects();
    this.world.run((ctx) => addCurrency(ctx, { currency: money, endpoints: ['https://bank:1'] }));
    const [call] = this.calls('currency-terms');
    this.world.run((ctx) => {
      const answered = { kind: 'answered', status: 200, body: { currency } } as const;
      const purpose = { kind: 'currency-terms', currency: money } as const;
      takeWalletOutcome(ctx, { id: call?.id ?? '', purpose }, answered, rules);
      post(ctx, money, { kind: 'correction', reason: 'A test.' }, [
        { account: 'assets:balance', amount: balance },
        { account: 'income:gifts', amount: -balance },
      ]);
    });
    this.world.takeEffects();
  }

  get lock(): string {
    return this.world.run((ctx) => lockOf(ctx, this.key));
  }

  get nowSeconds(): number {
    return Math.floor(this.world.now / 1000);
  }

  /** What was agreed on with a seller or a buyer: an hour's hold unless told otherwise. */
  terms(holdSeconds = 3_600) {
    const { documentId } = walden;
    return { documentId, sha256: this.lock, holdSeconds };
  }

  /** Of the purchase behind: as above, and by what the seller tells the hold. */
  soldTerms(holdSeconds = 3_600) {
    return { ...this.terms(holdSeconds), transactionId: transactionIdOf(behind) };
  }

  /** Sets the sale to a state, with the key where it is this peer's, and Alice's hold where the state has one. */
  putSealed(at: SaleState, change: Partial<Sale> = {}): Sale {
    const hold = { currency: money, payer: alice, order: theirs };
    const held = ['holding', 'claiming', 'delivered', 'lapsed'].includes(at);
    const own = change.supply?.kind === 'supplier' ? {} : { key: this.key };
    const sealed = { terms: this.terms(), ...own, ...(held && { hold }) };
    return this.put(at, { sealed, ...change });
  }

  /** Alice's hold as the wallet knows it now. */
  standing(): IncomingHold | undefined {
    const key = { currency: money, payer: alice, order: theirs };
    return this.world.run((ctx) => incomingHold(ctx, key));
  }

  /** Alice's hold for the sale, as the wallet has noted it: the price, for three hours. */
  hold(change: Partial<IncomingHold> = {}, terms: Partial<IncomingHold['hold']> = {}): void {
    const expires = this.nowSeconds + 3 * 3_600;
    const hold: IncomingHold = {
      ...{ currency: money, payer: alice, order: theirs, amount: 10 as Amount, state: 'held' },
      ...{ transactionId: transactionIdOf(deal), text: '', at: this.world.now, looks: 0 },
      hold: { sha256: this.lock, expires, ...terms },
      ...change,
    };
    this.world.run((ctx) => ctx.tx.put(incoming, hold));
  }

  /** What the issuer says of Alice's hold; what was asked of it then. */
  holdIn(state: 'held' | 'settled' | 'voided', currency: PeerId = money): readonly string[] {
    this.world.takeEffects();
    const fact = { kind: 'hold-in', state, currency, payer: alice, order: theirs } as const;
    this.world.run((ctx) => takeHoldIn(ctx, fact));
    return this.calls().flatMap(({ purpose: { kind } }) => (kind.endsWith('-hold') ? [kind] : []));
  }

  /** What the issuer says of this peer's hold for Carol. */
  holdOut(
    state: 'held' | 'settled' | 'voided',
    preimage?: string,
    order = ours,
  ): readonly string[] {
    this.world.takeEffects();
    const use = { kind: 'hold', use: 'delivery' } as const;
    const purpose = { ...use, peer: carol, reference: behind, account: 'clearing:deals' } as const;
    const fact = { kind: 'hold-out', state, purpose, currency: money, order } as const;
    this.world.run((ctx) => takeHoldOut(ctx, { ...fact, ...(preimage && { preimage }) }));
    return this.calls().flatMap(({ purpose: { kind } }) => (kind.endsWith('-hold') ? [kind] : []));
  }
}
