import { dealStatement } from '../../../src/books/index.ts';
import { buy, contest, giveUp, purchaseOf, salesOf } from '../../../src/market/index.ts';
import type { DealId } from '../../../src/protocol/index.ts';
import type { MethodName } from '../contract.ts';
import { type Handlers, refuse, take } from '../handler.ts';
import { purchaseEvidence, saleEvidence } from './deal-evidence.ts';
import { purchaseView, saleView } from './deal-view.ts';
import { dealsPage } from './deals-page.ts';

type Names = Extract<MethodName, `deals.${string}` | `downloads.${string}`>;

export const dealHandlers: Handlers<Names> = {
  'deals.buy': ({ peer }, { bid, sealed }) =>
    peer.run((ctx) => purchaseView(ctx, take(buy(ctx, bid, sealed)))),
  'deals.contest': async ({ peer }, { deal, ...complaint }) => {
    // First the books: after a stop in between nothing would be retrieved that was given up.
    const contested = await peer.run((ctx) =>
      purchaseView(ctx, take(contest(ctx, deal, complaint))),
    );
    await peer.downloads.cancel(deal);
    return contested;
  },
  'deals.list': ({ peer }, page) => peer.run((ctx) => dealsPage(ctx, page)),
  'deals.get': ({ peer }, { deal }) =>
    peer.run((ctx) => {
      const purchase = purchaseOf(ctx, deal);
      const sides = [
        ...(purchase
          ? [{ deal: purchaseView(ctx, purchase), evidence: purchaseEvidence(ctx, purchase) }]
          : []),
        ...salesOf(ctx, deal).map((sale) => ({
          deal: saleView(ctx, sale),
          evidence: saleEvidence(ctx, sale),
        })),
      ];
      if (sides.length === 0) refuse('unknown-deal', 'This peer knows no such deal.');
      return { sides };
    }),
  'deals.money': ({ peer }, { deal }) =>
    peer.run((ctx) => ({ rows: [...dealStatement(ctx, deal)] })),
  'downloads.list': ({ peer }) => ({
    downloads: peer.downloads.list().map((download) => ({ ...download })),
  }),
  'downloads.pause': async ({ peer }, { deal }) => {
    if (!(await peer.downloads.pause(deal))) notUnderWay(deal);
    return {};
  },
  'downloads.resume': ({ peer }, { deal }) => {
    if (!peer.downloads.resume(deal)) notUnderWay(deal);
    return {};
  },
  'downloads.cancel': async ({ peer }, { deal }) => {
    // First the books: after a stop in between nothing would be retrieved that was given up.
    await peer.run((ctx) => take(giveUp(ctx, deal)));
    await peer.downloads.cancel(deal);
    return {};
  },
  'downloads.limit': async ({ peer }, { runningMax, ...rates }) => {
    if (runningMax !== undefined) peer.downloads.setRunningMax(runningMax);
    await peer.changeSettings((settings) => {
      const changed = Object.entries({ ...settings.limits, ...rates });
      const kept = changed.filter(([, rate]) => typeof rate === 'number');
      return { ...settings, limits: Object.fromEntries(kept) };
    });
    return { ...peer.settings.current.limits };
  },
};

function notUnderWay(deal: DealId): never {
  refuse('unknown-deal', `Nothing of the deal ${deal} can be paused, resumed or cancelled now.`);
}
