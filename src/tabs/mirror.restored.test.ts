import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { balanceOf, weOwe } from '../books/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { TabEntryView } from '../protocol/index.ts';
import {
  allDiscrepancies,
  askForEntries,
  expectEntry,
  mirrorOf,
  takeEntries,
  takeTabView,
} from './index.ts';

const bob = testPeerId(1);
const money = testPeerId(2);
const service = { peer: bob, endpoints: ['https://bob:1'] };

/** A tab as its service keeps it: what it shows can be taken back, as by a restored backup. */
class Service {
  entries: TabEntryView[] = [];

  charge(reference: string, amount: number): void {
    const n = this.entries.length + 1;
    this.entries.push({ n, at: 0, kind: 'purchase', amount, reference });
  }

  get tab() {
    const balance = this.entries.reduce((sum, { amount }) => sum + amount, 0);
    return { currency: money, balance, entries: this.entries.length };
  }
}

describe('the mirror of a tab whose service was restored from a backup', () => {
  let alice: TestContext;
  let lost: Service;

  /** Asks for what the mirror lacks until nothing is asked any more, as the shell would carry it out. */
  const answerAll = () => {
    for (const effect of alice.takeEffects()) {
      if (effect.kind !== 'call' || effect.call.purpose.kind !== 'tab-entries') continue;
      const after = Number(effect.call.request.search?.['after']);
      const entries = lost.entries.filter(({ n }) => n > after);
      const outcome = { kind: 'answered', status: 200, body: { tab: lost.tab, entries } } as const;
      alice.run((ctx) => takeEntries(ctx, bob, money, outcome));
      answerAll();
    }
  };
  const buy = (reference: string, amount: number) => {
    alice.run((ctx) =>
      expectEntry(ctx, service, money, {
        ...{ kind: 'purchase', reference, amount: amount as Amount, counter: 'expense:purchases' },
        cause: { kind: 'bought', peer: bob, reason: 'A test.' },
      }),
    );
    lost.charge(reference, amount);
    const about = { kind: 'purchase', amount, reference } as const;
    alice.run((ctx) => takeTabView(ctx, bob, lost.tab, about));
    answerAll();
  };
  const half = () => alice.run((ctx) => mirrorOf(ctx, bob, money));
  const owed = () => 0 - alice.run((ctx) => balanceOf(ctx, money, weOwe(bob)));
  const noted = () => alice.run((ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));

  beforeEach(() => {
    alice = testContext();
    lost = new Service();
    buy('d1', 10);
    buy('d2', 20);
    buy('d3', 30);
    alice.now += 60_000;
  });

  it('is that of the service again, what was lost is disputed, and a person is told', () => {
    lost.entries.length = 1;
    buy('d4', 5);
    expect(half()).toMatchObject({ entries: 2, balance: 15, asking: false });
    // The books keep what was bought, and know the new charge.
    expect(owed()).toBe(65);
    expect(half().disputed).toBe(15 - 65);
    expect(noted()).toEqual([expect.stringContaining('the peer has lost what it knew')]);
  });

  it('goes on to the unit afterwards', () => {
    lost.entries.length = 0;
    alice.run((ctx) => askForEntries(ctx, bob, money));
    answerAll();
    expect(half()).toMatchObject({ entries: 0, balance: 0, disputed: -60 });
    for (const [n, amount] of [4, 5, 6, 7].entries()) buy(`after ${n}`, amount);
    expect(half()).toMatchObject({ entries: 4, balance: 22, disputed: -60 });
    expect(owed()).toBe(82);
    expect(noted()).toHaveLength(1);
  });

  it('disputes what the service shows in place of what it showed before', () => {
    lost.entries.length = 1;
    lost.charge('never ordered', 40);
    alice.run((ctx) => askForEntries(ctx, bob, money));
    answerAll();
    expect(half()).toMatchObject({ entries: 2, balance: 50, disputed: 50 - 60 });
    expect(owed()).toBe(60);
  });

  it('is not taken back by an answer that was overtaken', () => {
    const { tab, entries } = { tab: lost.tab, entries: [...lost.entries] };
    lost.charge('d4', 5);
    alice.run((ctx) => takeTabView(ctx, bob, { ...tab, entries: 2, balance: 30 }));
    lost.entries = entries;
    answerAll();
    expect(half()).toMatchObject({ entries: 3, balance: 60, disputed: 0 });
    expect(noted()).toEqual([]);
  });
});
