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
  it.each([5, 6, 8])('is asked about, and owed where the terms of now say so: %s', (fee) => {
    charge(fee);
    expect([asked(), owed(), disputed(), noted()]).toEqual([true, 0, fee, 0]);
    alice.takeEffects();
    alice.takeFacts();
    tell(fee);
    expect([owed(), disputed(), noted()]).toEqual([fee, 0, 0]);
    // The screen shows it, and it is paid once the debt is large enough.
    const place = { peer: bob, currency: money };
    expect(alice.takeEffects()).toEqual([{ kind: 'event', event: { type: 'tab', ...place } }]);
    expect(alice.takeFacts()).toContainEqual({ kind: 'owing', ...place });
    // It explained one entry, and explains no other.
    const next = [{ n: 2, at: 0, kind: 'solicitation', amount: 4, reference: 's1' }];
    alice.run((ctx) => {
      const body = { tab: { currency: money, balance: fee + 4, entries: 2 }, entries: next };
      takeEntries(ctx, bob, money, { kind: 'answered', status: 200, body });
    });
    expect([owed(), disputed()]).toEqual([fee, 4]);
  });

  it('waits for the terms of its own peer', () => {
    charge(6);
    alice.run((ctx) => settleRaisedFees(ctx, testPeerId(3)));
    expect(noted()).toBe(0);
    tell(6);
    expect(owed()).toBe(6);
  });

  it('stays disputed where the fee that was expected has been charged meanwhile', () => {
    charge(6);
    const entries = [{ n: 2, at: 0, kind: 'solicitation', amount: 4, reference: 's1' }];
    const body = { tab: { currency: money, balance: 10, entries: 2 }, entries };
    alice.run((ctx) => takeEntries(ctx, bob, money, { kind: 'answered', status: 200, body }));
    expect([owed(), disputed()]).toEqual([4, 6]);
    tell(6);
    expect([owed(), disputed()]).toEqual([4, 6]);
    const details = alice.run((ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));
    expect(details).toEqual(['Entry 1 (solicitation of 6) was not expected.']);
  });

  it('is no such thing for a charge that is not one for being asked', () => {
    alice.run((ctx) => {
      askForEntries(ctx, bob, money);
      const entries = [{ n: 1, at: 0, kind: 'exchange', amount: 6, reference: 's1' }];
      const body = { tab: { currency: money, balance: 6, entries: 1 }, entries };
      takeEntries(ctx, bob, money, { kind: 'answered', status: 200, body });
    });
    expect([asked(), disputed(), noted()]).toEqual([false, 6, 1]);
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
