import { contest, contestableUntil, recentPurchases } from '../market/index.ts';
import type { ContestReason } from '../protocol/index.ts';
import type { MarketSettings } from '../settings/index.ts';
import type { Milliseconds } from '../time.ts';
import { moveNeighbor } from '../trust/index.ts';
import type { TestMarket } from './test-world-market.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests: what a person may decide about others at any moment. Numbers past the peers wrap around. */
export type RandomTrust = { readonly atMs: Milliseconds; readonly peer: number } & (
  | { readonly kind: 'contest'; readonly nth: number; readonly reason: ContestReason }
  | { readonly kind: 'policy'; readonly policy: MarketSettings['policy'] }
  | { readonly kind: 'move'; readonly nth: number; readonly list: 'primary' | 'secondary' }
);

/** Lets a person contest a deal, switch the policy, or move somebody to another list; where that is possible. */
export function decide({ world }: TestMarket, peer: TestPeer, what: RandomTrust): void {
  if (!peer.up) return;
  switch (what.kind) {
    case 'policy':
      peer.settings = { ...peer.settings, policy: what.policy };
      return;
    case 'contest': {
      const { reason, nth } = what;
      const open = world.read(peer, (ctx) =>
        recentPurchases(ctx, 100).filter((each) => contestableUntil(ctx, each) !== undefined),
      );
      const deal = open[nth % Math.max(1, open.length)]?.deal;
      if (deal) world.do(peer, (ctx) => contest(ctx, deal, { reason, note: '' }));
      return;
    }
    case 'move': {
      const others = peer.book.all();
      const other = others[what.nth % Math.max(1, others.length)];
      if (other) world.do(peer, (ctx) => moveNeighbor(ctx, other.peer, what.list, 'At random.'));
    }
  }
}
