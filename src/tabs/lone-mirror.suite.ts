import type { Amount } from '../amount.ts';
import { balanceOf, weOwe } from '../books/index.ts';
import type { CurrencyId, PeerId } from '../identity/index.ts';
import type { Outcome } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import type { TabEntryKind, TabEntryView } from '../protocol/index.ts';
import type { Expected } from './expected.ts';
import {
  allDiscrepancies,
  askForEntries,
  expectEntry,
  mirrorOf,
  takeEntries,
  takeTabView,
} from './index.ts';

/** For tests: a peer alone with its half of the tab at Bob, whose answers the test gives itself. */

export const [bob, carol, money, gold] = [1, 2, 8, 9].map(testPeerId) as [
  PeerId,
  PeerId,
  CurrencyId,
  CurrencyId,
];
export const endpoints = ['https://bob:1'];
export const tabEvent = { kind: 'event', event: { type: 'tab', peer: bob, currency: money } };
export const owing = { kind: 'owing', peer: bob, currency: money };

export type Known = readonly [kind: TabEntryKind, reference: string, amount: number];
export const fee: Known = ['solicitation', 's1', 1];
export const book: Known = ['purchase', 'd1', 5];

export const entry = (n: number, [kind, reference, amount]: Known): TabEntryView => ({
  ...{ n, at: 0, kind, amount, reference },
});

export class LoneMirror {
  readonly world: TestContext = testContext();

  expectCharge([kind, reference, amount]: Known, peer = bob, currency = money) {
    return this.world.run((ctx) =>
      expectEntry(ctx, { peer, endpoints }, currency, {
        ...{ kind: kind as Expected['kind'], reference, amount: amount as Amount },
        counter: 'expense:purchases',
        cause: { kind: 'bought', peer, reference, reason: 'A test.' },
      }),
    );
  }

  /** The tab as an answer to something else shows it. */
  see(balance: number, entries: number, about?: Known): void {
    const [kind, reference, amount] = about ?? [];
    const known = kind && { kind, reference: reference ?? '', amount: amount ?? 0 };
    const view = { currency: money, balance, entries };
    this.world.run((ctx) => takeTabView(ctx, bob, view, known));
  }

  take(outcome: Outcome): void {
    this.world.run((ctx) => takeEntries(ctx, bob, money, outcome));
  }

  answer(entries: TabEntryView[], balance: number, count = entries.at(-1)?.n ?? 0): void {
    const body = { tab: { currency: money, balance, entries: count }, entries };
    this.take({ kind: 'answered', status: 200, body });
  }

  ask(): void {
    this.world.run((ctx) => askForEntries(ctx, bob, money));
  }

  /** After which entry the peer was asked for more, since the last look. */
  asked(): readonly number[] {
    return this.world
      .takeEffects()
      .flatMap((effect) =>
        effect.kind === 'call' ? [Number(effect.call.request.search?.['after'])] : [],
      );
  }

  get half(): ReturnType<typeof mirrorOf> {
    return this.world.run((ctx) => mirrorOf(ctx, bob, money));
  }

  /** What this peer owes Bob by its own books. */
  get owed(): number {
    return 0 - this.world.run((ctx) => balanceOf(ctx, money, weOwe(bob)));
  }

  /** What it disputes, in words. */
  noted(): readonly string[] {
    return this.world.run((ctx) => allDiscrepancies(ctx).map(({ detail }) => detail));
  }
}
