import { createHash } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import type { Amount } from '../amount.ts';
import { type Account, balanceOf, post } from '../books/index.ts';
import { draft, type PeerId, sealStatement } from '../identity/index.ts';
import type { Call, CallPurpose, HoldPurpose, Outcome, PaymentPurpose } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { problem } from '../problem.ts';
import {
  type CurrencyTerms,
  currencyStatement,
  type Receipt,
  receiptStatement,
} from '../protocol/index.ts';
import {
  addCurrency,
  type CurrencyView,
  isWalletPurpose,
  type MoneyRules,
  orderHold,
  ordersOf,
  pay,
  pollDeposits,
  takeWalletOutcome,
  walletView,
} from './index.ts';
import { rules as usual } from './money-world.suite.ts';

/** For tests: a wallet alone, whose issuer the test plays itself, be it an honest one or not. */

export const [self, bank, bob, carol] = [0, 1, 2, 3].map(testPeerId) as [
  PeerId,
  PeerId,
  PeerId,
  PeerId,
];
export const endpoints = ['https://bank:1'];
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const bytes = new Uint8Array(32).fill(7);
export const preimage = base64urlnopad.encode(bytes);
export const lock = base64urlnopad.encode(sha256(bytes));
export const wrongPreimage = base64urlnopad.encode(new Uint8Array(32).fill(8));

export const unreachable: Outcome = { kind: 'unreachable', detail: 'No way.' };
export const refused = (retryable: boolean): Outcome => ({
  ...{ kind: 'refused', problem: problem('no-currency', 'No.'), retryable },
  body: undefined,
});
export const noProof = 'The issuer sent a receipt that proves no transfer of yours.';

/** The n-th of some order ids that differ. */
export const orderId = (n: number) => `${n}`.padStart(4, '0').padEnd(22, 'A');

/** What each member of a receipt may say instead: none of it proves what was ordered. */
export const otherReceipts: [string, Partial<Receipt>][] = [
  ['of another payer', { payer: carol }],
  ['of another payee', { payee: carol }],
  ['of less', { amount: 49 as Amount }],
  ['of more', { amount: 51 as Amount }],
  ['of a higher fee', { fee: 3 as Amount }],
  ['of another matter', { transactionId: 'y' }],
  ['of another order', { order: 'CCCCCCCCCCCCCCCCCCCCCA' }],
  ['of another issuer', { iss: carol }],
];

export const answered = (body: unknown): Outcome => ({ kind: 'answered', status: 200, body });

export class LoneWallet {
  readonly world: TestContext;
  rules: MoneyRules = usual;
  #sequence = 0;

  constructor(now?: number) {
    this.world = testContext({ self, sha256, ...(now !== undefined && { now }) });
  }

  /** Follows the bank, which tells its terms: a fee of 2 for each payment unless told otherwise. */
  open(balance = 100): void {
    this.world.run((ctx) => addCurrency(ctx, { currency: bank, endpoints }));
    this.answer('currency-terms', { currency: this.terms() });
    if (balance > 0) this.book('assets:balance', balance);
    this.deposits([], balance);
    this.world.takeEffects();
    this.world.takeFacts();
  }

  terms(says: Partial<CurrencyTerms> = {}, signer = bank): string {
    const payload: CurrencyTerms = {
      ...{ iss: signer, iat: 1_000, jti: 'AAAAAAAAAAAAAAAAAAAAAA', name: 'Money', symbol: 'M' },
      ...{
        decimals: 2,
        fee: { flat: 2 as Amount, perMillion: 0 as Amount },
        queryFee: 0 as Amount,
      },
      ...{
        supply: { issued: 0 as Amount, destroyed: 0 as Amount },
        features: ['holds'],
        endpoints,
      },
      ...{ redeemableFor: 'documents', ...says },
    };
    return sealStatement(draft(currencyStatement, payload), testSigner(signer));
  }

  /** A receipt as the bank would sign it: of a payment to this peer where it is not said otherwise. */
  receipt(says: Partial<Receipt> = {}): string {
    this.#sequence += 1;
    const payload: Receipt = {
      ...{ iss: bank, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', payer: bob, payee: self },
      ...{ amount: 50 as Amount, fee: 0 as Amount, transactionId: 'x', sequence: this.#sequence },
      ...{ order: 'BBBBBBBBBBBBBBBBBBBBBA', state: 'settled', ...says },
    };
    return sealStatement(draft(receiptStatement, payload), testSigner(payload.iss));
  }

  book(account: Account, amount: number): void {
    this.world.run((ctx) =>
      post(ctx, bank, { kind: 'correction', reason: 'A test.' }, [
        { account, amount },
        { account: 'income:gifts', amount: -amount },
      ]),
    );
  }

  books(account: Account): number {
    return this.world.run((ctx) => balanceOf(ctx, bank, account));
  }

  order(amount: number, purpose: PaymentPurpose = { kind: 'gift', note: '' }) {
    const ordered = this.world.run((ctx) =>
      pay(ctx, {
        currency: bank,
        payee: bob,
        amount: amount as Amount,
        transactionId: 'x',
        purpose,
      }),
    );
    return ordered.ok ? ordered.value.order : '';
  }

  /** Orders a hold that lasts for ten minutes. */
  hold(amount: number, more: Partial<HoldPurpose> = {}) {
    const purpose: HoldPurpose = {
      ...{ kind: 'hold', use: 'delivery', peer: carol, reference: 'd1' },
      ...{ account: 'expense:purchases', ...more },
    };
    const hold = { sha256: lock, expires: this.expires };
    const ordered = this.world.run((ctx) =>
      orderHold(ctx, {
        currency: bank,
        payee: bob,
        amount: amount as Amount,
        transactionId: 'x',
        purpose,
        hold,
      }),
    );
    return ordered.ok ? ordered.value.order : '';
  }

  get expires(): number {
    return Math.floor(this.world.now / 1000) + 600;
  }

  /** The calls of this kind that were made since the effects were last taken, oldest first. */
  calls(kind: CallPurpose['kind']): readonly Call[] {
    return this.world.effects.flatMap((effect) =>
      effect.kind === 'call' && effect.call.purpose.kind === kind ? [effect.call] : [],
    );
  }

  /** Gives the newest call of this kind its outcome. */
  outcome(kind: CallPurpose['kind'], outcome: Outcome): void {
    const call = this.calls(kind).at(-1);
    if (!call || !isWalletPurpose(call.purpose))
      throw new Error(`Nothing was asked of kind ${kind}.`);
    const { id, purpose } = call;
    this.world.run((ctx) => takeWalletOutcome(ctx, { id, purpose }, outcome, this.rules));
  }

  answer(kind: CallPurpose['kind'], body: unknown): void {
    this.outcome(kind, answered(body));
  }

  /** Answers the newest deposit query; asks where there is none. */
  deposits(
    receipts: readonly string[],
    balance: number,
    held = 0,
    sequence = this.#sequence,
  ): void {
    if (this.calls('deposits').length === 0) this.poll();
    this.answer('deposits', { deposits: receipts, balance, held, sequence });
  }

  /** The currency that it follows, as the person sees it. */
  view(): CurrencyView {
    const [found] = this.world.run(walletView);
    if (!found) throw new Error('The wallet follows nothing.');
    return found;
  }

  poll(): void {
    this.world.run((ctx) => pollDeposits(ctx, bank));
  }

  newest() {
    const [order] = this.world.run((ctx) => ordersOf(ctx, bank, { limit: 1 }));
    if (!order) throw new Error('Nothing was ordered.');
    return order;
  }

  /** What the person was told since the effects were last taken: discrepancies in words, all else in a word. */
  told(): readonly string[] {
    return this.world.effects.flatMap((effect) => {
      if (effect.kind !== 'event') return [];
      const { event } = effect;
      if (event.type === 'discrepancy') return [event.detail];
      return event.type === 'money' ? [event.cause] : [event.type];
    });
  }
}
