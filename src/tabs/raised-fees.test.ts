import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, weOwe } from '../books/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import {
  allDiscrepancies,
  askForEntries,
  expectEntry,
  mirrorOf,
  settleRaisedFees,
  takeEntries,
  takeTerms,
} from './index.ts';

const bob = testPeerId(1);
const money = testPeerId(2);
let alice: TestContext;

beforeEach(() => {
  alice = testContext();
  tell(4);
  alice.run((ctx) =>
    expectEntry(ctx, { peer: bob, endpoints: ['https://bob:1'] }, money, {
      ...{ kind: 'solicitation', reference: 's1', amount: 4 as Amount },
      counter: 'expense:solicitation-fees',
      cause: { kind: 'solicitation-fee-out', peer: bob, reason: 'A test.' },
    }),
  );
  alice.takeEffects();
});

const charge = (amount: number) =>
  alice.run((ctx) => {
    askForEntries(ctx, bob, money);
    const entries = [{ n: 1, at: 0, kind: 'solicitation', amount, reference: 's1' }];
    const body = { tab: { currency: money, balance: amount, entries: 1 }, entries };
    takeEntries(ctx, bob, money, { kind: 'answered', status: 200, body });
  });

/** Bob tells his fee, or where it is undefined does not answer. */
function tell(solicitationFee: number | undefined): void {
  const payment = { payee: bob, transactionId: 'tab' };
  const currency = {
    currency: money,
    endpoints: [],
    solicitationFee,
    creditLimit: 100,
    settleAt: 50,
  };
  const body = { standing: 'primary', currencies: [{ ...currency, payment }] };
  const outcome: Outcome =
    solicitationFee === undefined
      ? { kind: 'unreachable', detail: 'A test.' }
      : { kind: 'answered', status: 200, body };
  alice.run((ctx) => {
    takeTerms(ctx, bob, outcome);
    settleRaisedFees(ctx, bob);
  });
}

const asked = () =>
  alice
    .takeEffects()
    .some((effect) => effect.kind === 'call' && effect.call.request.route === 'terms');
const owed = () => 0 - alice.run((ctx) => balanceOf(ctx, money, weOwe(bob)));
const noted = () => alice.run((ctx) => allDiscrepancies(ctx).length);
const disputed = () => alice.run((ctx) => mirrorOf(ctx, bob, money).disputed);

describe('a fee above the terms that were learned', () => {
  it('is asked about, and owed where the terms of now say so', () => {
    charge(6);
    expect([asked(), owed(), disputed(), noted()]).toEqual([true, 0, 6, 0]);
    tell(6);
    expect([owed(), disputed(), noted()]).toEqual([6, 0, 0]);
  });

  it.each([
    ['the terms still say less', 4],
    ['the terms say a little less', 5],
    ['the peer does not tell them', undefined],
  ])('stays disputed, and is told, where %s', (_where, fee) => {
    charge(6);
    tell(fee);
    expect([owed(), disputed(), noted()]).toEqual([0, 6, 1]);
    tell(6);
    expect([owed(), disputed(), noted()]).toEqual([0, 6, 1]);
  });

  it('is disputed at once where it is more than twice what was expected', () => {
    charge(9);
    expect([asked(), owed(), disputed(), noted()]).toEqual([false, 0, 9, 1]);
    tell(9);
    expect([owed(), disputed()]).toEqual([0, 9]);
  });
});
