import { describe, expect, it } from 'vitest';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import {
  bidsOf,
  buy,
  contest,
  contestableUntil,
  openPurchases,
  purchaseOf,
  recentPurchases,
  recentSales,
} from './index.ts';

const walden = testDocument('walden');
const hours = 60 * 60_000;
const ends = new Set(['delivered', 'refunded', 'lapsed', 'closed']);
const names = ['alice', 'bob', 'carol'] as const;
type Name = (typeof names)[number];

const kinds = {
  'on the tab': { sealed: false, settings: {} },
  concealed: { sealed: false, settings: { strategy: 'concealment' } },
  'against the key': { sealed: true, settings: {} },
} as const;
type Kind = keyof typeof kinds;

/** Alice buys of Carol through Bob, and contests as soon as she can. All others may leave at any commit of one of them. */
class Deal {
  readonly market = new TestMarket();
  readonly peers: readonly TestPeer[];
  readonly stays: TestPeer;
  /** In which states the deals of whoever stays have been, at which of its commits for the first time. */
  readonly seen = new Map<string, number>();
  #commits = 0;

  constructor(kind: Kind, name: Name, leaveAt?: number, bankLeaves = false) {
    const { market } = this;
    const { sealed, settings } = kinds[kind];
    const common = { accepts: [market.accepted(0)], pricing: [{ flat: 10, perMebibyte: 0 }] };
    this.peers = names.map((each) =>
      market.trader(each, {
        settings: { ...common, commission: { flat: 4, perMillion: 0 }, ...settings },
        documents: each === 'carol' ? [walden] : [],
      }),
    );
    this.stays = this.peers[names.indexOf(name)]!;
    market.chain(...this.peers);
    market.open(500);
    const [alice] = this.peers;
    const { id } = market.search(alice!, 'walden', 100);
    const [bid] = market.world.read(alice!, (ctx) => bidsOf(ctx, id));
    this.#watch(leaveAt, bankLeaves);
    const begun = market.world.do(alice!, (ctx) => buy(ctx, bid!.id, sealed));
    if (!begun.ok) throw new Error(begun.error.detail);
    const { deal } = begun.value;
    for (let n = 0; n < 120; n++) {
      market.world.pass(500);
      if (!alice!.up) continue;
      const purchase = market.world.read(alice!, (ctx) => purchaseOf(ctx, deal)!);
      const over = purchase.state === 'delivered' || purchase.state === 'failed';
      const open = market.world.read(alice!, (ctx) => contestableUntil(ctx, purchase));
      if (over && open !== undefined)
        market.world.do(alice!, (ctx) => contest(ctx, deal, { reason: 'corrupt', note: '' }));
    }
  }

  /** All times that a state may last, and the longest of all. */
  wait(): void {
    const { world } = this.market;
    for (const atHours of [1, 3, 7, 13, 26, 50, 74, 100, 200]) {
      world.now += atHours * hours;
      world.pass(3 * 60_000);
    }
  }

  /** What has not ended at the peer that stays. */
  get open(): readonly string[] {
    return this.market.world.read(this.stays, (ctx) => [
      ...openPurchases(ctx).map(({ state }) => `purchase ${state}`),
      ...recentSales(ctx, 9).flatMap(({ state }) => (ends.has(state) ? [] : [`sale ${state}`])),
      ...recentPurchases(ctx, 9).flatMap(({ contest: made }) =>
        made?.state === 'sent' ? ['contest sent'] : [],
      ),
    ]);
  }

  #watch(leaveAt: number | undefined, bankLeaves: boolean): void {
    const { world } = this.market;
    const { watch } = world;
    world.watch = (peer) => {
      watch(peer);
      if (peer !== this.stays) return;
      this.#commits += 1;
      const states = this.open.join(', ');
      if (!this.seen.has(states)) this.seen.set(states, this.#commits);
      if (this.#commits !== leaveAt) return;
      const leave = [...this.peers, ...(bankLeaves ? [this.market.bank] : [])];
      for (const other of leave) if (other !== peer) world.crash(other);
    };
  }
}

describe.each(Object.keys(kinds) as Kind[])(
  'A deal %s whose other peers go away for good',
  (kind) => {
    it.each(names)(
      'ends by itself for %s, whatever state it was in',
      { timeout: 120_000 },
      (name) => {
        const { seen } = new Deal(kind, name);
        // Else nothing would be tested: each has states of its own to be left.
        expect(seen.size).toBeGreaterThan(1);
        for (const [states, commit] of seen) {
          for (const bankLeaves of [false, true]) {
            const deal = new Deal(kind, name, commit, bankLeaves);
            deal.wait();
            expect([states, bankLeaves, deal.open]).toEqual([states, bankLeaves, []]);
          }
        }
      },
    );
  },
);
