import type { TraderPlan, WorldPlan } from '../simulation/plan.ts';
import { PlannedMarket } from '../simulation/planned-market.ts';
import { planExchanging, type RandomExchanging } from './test-world-exchanging.ts';
import { TestMarket } from './test-world-market.ts';
import type { TestPeer } from './test-world-peer.ts';

/** For tests: a small world as a generator makes it, with what tests have people do besides. */
export interface RandomWorld extends WorldPlan {
  readonly traders: readonly RandomTrader[];
  readonly exchanging?: RandomExchanging | undefined;
}

export interface RandomTrader extends TraderPlan {
  /** In bytes, for kept copies; a document has 1000. */
  readonly budgetBytes: number;
  readonly compareBids: 'price' | 'risk-adjusted';
  /** Encrypts something else than it sold. */
  readonly sealsFakes?: boolean;
}

const lookMs = 6_000;

/** Builds the world and lets it run with its faults until the last that is planned is on its way. */
export function runRandomWorld(random: RandomWorld): TestMarket {
  const market = new TestMarket(random.seed, random.fee);
  const { world, bank } = market;
  const planned = new PlannedMarket(world, bank, random);
  const traders = world.peers.filter((peer) => peer !== bank);
  traders.forEach((trader, n) => {
    refine(trader, random.traders[n] as RandomTrader);
  });
  const { exchanging, people } = random;
  if (exchanging) planExchanging(market, traders, exchanging, planned.beginsAt);
  planned.play();
  const rest = [...people.decisions, ...(exchanging?.exchanges ?? [])];
  const endsAt = planned.beginsAt + Math.max(0, ...rest.map(({ atMs }) => atMs)) + 2 * lookMs;
  world.pass(Math.max(0, endsAt - world.now));
  return market;
}

function refine(trader: TestPeer, { budgetBytes, compareBids, sealsFakes }: RandomTrader): void {
  const concealment = { ...trader.settings.concealment, budgetBytes };
  trader.settings = { ...trader.settings, concealment, compareBids };
  trader.sealsFakes = sealsFakes ?? false;
}
