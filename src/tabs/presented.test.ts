import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, journalOf, owesUs } from '../books/index.ts';
import { draft, sealStatement } from '../identity/index.ts';
import type { NeighborList, Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { addCurrency } from '../money/index.ts';
import { problem } from '../problem.ts';
import { type Receipt, receiptStatement } from '../protocol/index.ts';
import { marketSettings } from '../settings/index.ts';
import {
  alternatives,
  confirmAtIssuer,
  enterDeposit,
  entriesOf,
  tabOfDeposit,
  takeConfirmation,
  takePayment,
  takePresentedReceipt,
} from './index.ts';

const [self, bob, money, gold] = [0, 1, 8, 9].map(testPeerId) as [never, never, never, never];
const endpoints = ['https://bank:1'];
const order = 'BBBBBBBBBBBBBBBBBBBBBA';

describe('a receipt that a debtor presents', () => {
  let world: TestContext;

  beforeEach(() => {
    const accepts = [{ currency: money, endpoints, solicitationFee: 1 }];
    world = testContext({ self, settings: marketSettings.parse({ accepts }) });
    list('primary');
  });

  const list = (on: NeighborList) => {
    const says = { peer: bob, name: 'Bob', since: 0, reason: '', endpoints: [] };
    world.neighbors.put({ ...says, list: on });
  };
  const receipt = (change: Partial<Receipt> = {}) => {
    const payload: Receipt = {
      ...{ iss: money, iat: 1, jti: 'AAAAAAAAAAAAAAAAAAAAAA', payer: bob, payee: self },
      ...{ amount: 50 as Amount, fee: 0 as Amount, transactionId: 'tab', order, sequence: 1 },
      ...{ state: 'settled', ...change },
    };
    return {
      payload,
      text: sealStatement(draft(receiptStatement, payload), testSigner(payload.iss)),
    };
  };
  const present = (change?: Partial<Receipt>) =>
    world.run((ctx) => takePresentedReceipt(ctx, bob, receipt(change)));
  const paidIn = (currency = money) =>
    0 - world.run((ctx) => balanceOf(ctx, currency, owesUs(bob)));

  it('is credited on the issuer’s signature where a primary neighbor brings it, once', () => {
    expect(present()).toEqual({ ok: true, value: 'credited' });
    expect(present()).toEqual({ ok: true, value: 'credited' });
    expect(paidIn()).toBe(50);
    const rows = world.run((ctx) => journalOf(ctx, money, { limit: 99 }));
    expect(rows.map(({ cause }) => cause)).toMatchObject([
      { kind: 'payment-in', peer: bob, reference: order },
    ]);
  });

  it('is answered as credited once it was, whoever brings it again', () => {
    present();
    list('secondary');
    expect(present()).toEqual({ ok: true, value: 'credited' });
    expect(paidIn()).toBe(50);
  });

  it.each(['secondary', 'undesirable'] as const)(
    'is asked about where a %s peer brings it',
    (on) => {
      list(on);
      expect(present()).toEqual({ ok: true, value: 'confirm' });
      expect(paidIn()).toBe(0);
    },
  );

  it.each<[string, Partial<Receipt>, string]>([
    ['pays somebody else', { payee: bob }, 'wrong-payee'],
    ['is only held', { state: 'held' }, 'bad-request'],
    ['is for something else', { transactionId: 'gift' }, 'bad-request'],
    ['is said to be of this peer’s own making', { iss: self }, 'payment-not-found'],
    ['is of a currency that nobody takes here', { iss: gold }, 'currency-not-accepted'],
  ])('is refused where it %s', (_what, change, code) => {
    expect(present(change)).toMatchObject({ error: { code } });
    expect(paidIn(change.iss as never)).toBe(0);
  });

  it('is taken in a currency that only the wallet follows; else the ones that are taken are told', () => {
    expect(present({ iss: gold })).toMatchObject({ error: { members: { alternatives: [money] } } });
    world.run((ctx) => addCurrency(ctx, { currency: gold, endpoints }));
    expect(present({ iss: gold })).toEqual({ ok: true, value: 'credited' });
    expect(paidIn(gold)).toBe(50);
  });

  it('is answered once it was entered, by a fact; another currency than the tab’s is refused', () => {
    const take = (currency: never) =>
      world.run((ctx) => takePayment(ctx, 'x1', bob, { currency, receipt: receipt() }));
    expect(take(gold)).toMatchObject({ error: { code: 'bad-request' } });
    world.takeFacts();
    list('secondary');
    expect(take(money)).toEqual({ ok: true, value: 'confirm' });
    expect(world.takeFacts()).toEqual([]);
    list('primary');
    expect(take(money)).toEqual({ ok: true, value: 'credited' });
    expect(world.takeFacts()).toContainEqual({
      ...{ kind: 'receipt-taken', exchange: 'x1', peer: bob, currency: money },
    });
  });

  it('tells of the own currency first among those that are taken', () => {
    expect(world.run((ctx) => alternatives(ctx))).toEqual({ alternatives: [money] });
    const issues = marketSettings.parse({ issues: { name: 'Mine', symbol: 'I' } }).issues;
    world.settings = { ...world.settings, ...(issues && { issues }) };
    expect(world.run((ctx) => alternatives(ctx))).toEqual({ alternatives: [self, money] });
  });

  it('is entered on the payer’s tab where it is marked for it', () => {
    world.run((ctx) => enterDeposit(ctx, receipt({ transactionId: 'gift' }).payload));
    expect(world.run((ctx) => entriesOf(ctx, bob, money, 0))).toEqual([]);
    expect(tabOfDeposit(receipt({ transactionId: 'gift' }).payload)).toBeUndefined();
    world.run((ctx) => enterDeposit(ctx, receipt().payload));
    expect(world.run((ctx) => entriesOf(ctx, bob, money, 0))).toMatchObject([
      { n: 1, kind: 'payment', amount: -50, reference: order },
    ]);
  });

  describe('about which the issuer is asked', () => {
    const ask = (change?: Partial<Receipt>) =>
      world.run((ctx) => confirmAtIssuer(ctx, 'x1', receipt(change)));
    const calls = () =>
      world.takeEffects().flatMap((effect) => (effect.kind === 'call' ? [effect.call] : []));

    it('is asked about at the address of the settings, or the one that the wallet knows', () => {
      expect(ask()).toEqual({ ok: true, value: undefined });
      const call = {
        to: { peer: money, endpoints },
        request: { route: 'order', params: { jti: order } },
        purpose: { kind: 'confirm-payment', exchange: 'x1', receipt: receipt().text },
      };
      expect(calls()).toMatchObject([call]);
      world.run((ctx) => addCurrency(ctx, { currency: money, endpoints: ['https://wallet:1'] }));
      calls();
      ask();
      expect(calls()).toMatchObject([
        { ...call, to: { peer: money, endpoints: ['https://wallet:1'] } },
      ]);
    });

    it('cannot be asked about where no address is known', () => {
      expect(ask({ iss: gold })).toMatchObject({ error: { code: 'unavailable' } });
      expect(calls()).toEqual([]);
    });

    const word = (outcome: Outcome) => {
      const taken = world.run((ctx) => takeConfirmation(ctx, receipt(), outcome));
      return [taken.ok || taken.error.code, paidIn()];
    };
    const state = (of: string): Outcome => ({ kind: 'answered', status: 200, body: { state: of } });
    const refused = (retryable: boolean): Outcome => ({
      ...{ kind: 'refused', problem: problem('payment-not-found', 'No.'), retryable },
      body: { state: 'settled' },
    });

    it('is credited on the issuer’s word that it is settled, and once', () => {
      expect(word(state('settled'))).toEqual([true, 50]);
      expect(word(state('settled'))).toEqual([true, 50]);
    });

    it.each<[string, Outcome, string]>([
      ['holds it still', state('held'), 'payment-not-found'],
      ['has given it back', state('voided'), 'payment-not-found'],
      ['says something else', state('who knows'), 'payment-not-found'],
      ['does not know it', refused(false), 'payment-not-found'],
      ['has no time', refused(true), 'unavailable'],
      ['cannot be reached', { kind: 'unreachable', detail: 'No way.' }, 'unavailable'],
    ])('is not credited where the issuer %s', (_what, outcome, code) => {
      expect(word(outcome)).toEqual([code, 0]);
    });
  });
});
