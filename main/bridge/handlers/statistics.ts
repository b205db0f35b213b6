import type { PeerId } from '../../../src/identity/index.ts';
import type { Context } from '../../../src/kernel/index.ts';
import {
  addCounts,
  contactOf,
  type DealSide,
  dealRecordsOf,
  demandOf,
  expectedShare,
  sellerShare,
  summaryOf,
} from '../../../src/statistics/index.ts';
import type { HandlerOutput } from '../contract.ts';

type Known = HandlerOutput<'neighbors.get'>;

/** What a person judges a neighbor by: a few records, whatever was traded with it. */
export function statisticsOf(ctx: Context, peer: PeerId): Known['statistics'] {
  const records = dealRecordsOf(ctx, peer);
  const on = (side: DealSide) => addCounts(records.filter((record) => record.side === side));
  const contact = contactOf(ctx, peer);
  const { asked = 0, bid = 0, refused = 0, silent = 0, taken = 0 } = contact ?? {};
  const demand = demandOf(ctx, peer);
  return {
    deals: {
      bought: on('bought'),
      sold: on('sold'),
      supplied: on('supplied'),
      resold: on('resold'),
    },
    share: sellerShare(ctx, peer),
    expected: expectedShare(ctx, peer),
    answers: contact?.answers,
    seenAt: contact?.seenAt,
    missedAt: contact?.missedAt,
    asked: { all: asked, bid, refused, silent, taken },
    asks: { all: demand.asked, offered: demand.offered, taken: demand.taken },
    bidTimes: contact && summaryOf(contact.bidTimes),
    dealTimes: contact && summaryOf(contact.dealTimes),
  };
}

export function dealKindsOf(ctx: Context, peer: PeerId): Known['dealKinds'] {
  return dealRecordsOf(ctx, peer).map(({ side, kind, counts, sums, at }) => ({
    ...{ side, kind, counts, at },
    sums: sums.map(({ currency, well, badly }) => ({ currency, well, badly })),
  }));
}
