import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { takeDueTimers } from '../kernel/index.ts';
import { testPeerId } from '../kernel/test-context.ts';
import type { Bid } from '../protocol/index.ts';
import { answerAcceptance } from './acceptance.ts';
import { bidOnKnown, takeBid } from './bids.ts';
import { purchaseOf, recentPurchases } from './deals.ts';
import { forgetSighting, noteSighting, sightingsOf } from './directory.ts';
import { LoneBuyer } from './lone-buyer.suite.ts';
import { alice, carol, deal, money, walden } from './lone-seller.suite.ts';
import { allRounds, putRound } from './round.ts';
import { dropRounds, endRoundAtDeadline, takeRoundLine, takeRoundOutcome } from './rounds.ts';
import { answerSolicitation } from './solicitation.ts';

const otherMoney = testPeerId(9);
const [earlier, newBid] = ['DDDDDDDDDDDDDDDDDDDDDA', 'EEEEEEEEEEEEEEEEEEEEEA'];
const known = {
  ...{ documentId: walden.documentId, peer: carol, currency: money, price: 6 as Amount },
};

describe('what was sold from the directory', () => {
  let x: LoneBuyer;

  beforeEach(() => {
    x = new LoneBuyer();
    list('primary');
    see();
  });

  const run: LoneBuyer['world']['run'] = (work) => x.world.run(work);
  const list = (on: 'primary' | 'undesirable') =>
    x.world.neighbors.put({
      ...{ peer: carol, list: on, name: 'Carol', since: 0, reason: '' },
      endpoints: ['https://carol:1'],
    });
  /** The directory says that Carol has it for 6, by a bid of hers or not. */
  const see = (bid?: string) =>
    run((ctx) =>
      noteSighting(ctx, {
        ...{ ...known, seenIn: 'bid', title: 'walden', mediaType: 'text/plain' },
        ...{ sizeBytes: walden.sizeBytes, ...(bid !== undefined && { bid }) },
      }),
    );
  /** Carol's bid of an earlier search stands in the directory. */
  const seeBid = (says: Partial<Bid> = {}): string => {
    const { payload, text } = x.bid({ iss: carol, price: 6 as Amount, jti: earlier, ...says });
    const asked = { peer: carol, currency: payload.currency, maxPrice: 100 as Amount };
    run((ctx) => takeBid(ctx, asked, payload.solicitation, {}, text));
    see(earlier);
    return text;
  };
  /** Alice accepts this peer's bid of 10 on it, and waits 12.5 seconds where nothing else is said. */
  const sell = (withinMs = 12_500) => {
    const document = { title: 'walden', size: walden.sizeBytes, mediaType: 'text/plain' };
    const offer = { solicitation: earlier, currency: money, price: 10 as Amount };
    const { payload } = run((ctx) => bidOnKnown(ctx, known, document, offer));
    const accepted = { bid: x.bid(payload), deal, withinMs };
    run((ctx) => answerAcceptance(ctx, 'x1', alice, accepted));
  };

  const round = () => run((ctx) => allRounds(ctx)[0]?.id) ?? '';
  const asked = () => x.calls('solicitation').map(({ to, request }) => [to.peer, request.body]);
  const question = (budgetMs = 5_000) => {
    const query = { documentId: walden.documentId };
    return [carol, { id: round(), query, currency: money, maxPrice: 6, budgetMs }];
  };
  const accepted = () => x.calls('acceptance').map(({ request }) => request.body?.['bid']);
  /** Carol bids 5 now. */
  const offer = (says: Partial<Bid> = {}): string => {
    const bid = { iss: carol, price: 5 as Amount, solicitation: round(), jti: newBid, ...says };
    const { text } = x.bid(bid);
    const id = round();
    run((ctx) => takeRoundLine(ctx, id, carol, { bid: text }));
    return text;
  };
  const endAnswer = (of = carol) => {
    const id = round();
    const outcome = { kind: 'answered', status: 200, body: undefined } as const;
    run((ctx) => takeRoundOutcome(ctx, id, of, outcome));
  };
  const places = () => run((ctx) => sightingsOf(ctx, walden.documentId).map(({ peer }) => peer));
  /** The purchase behind the sale, under the id that the sale names. */
  const behind = () => {
    const supply = x.sale()?.supply;
    return supply?.kind === 'supplier' ? run((ctx) => purchaseOf(ctx, supply.purchase)) : undefined;
  };
  const deadlines = (inMs: number) => {
    x.world.now += inMs;
    const due = run((ctx) => takeDueTimers(ctx, 9));
    return due.filter(({ kind }) => kind === 'solicitation-deadline');
  };
  const expectRefunded = () => {
    expect(x.answers()).toEqual([['x1', 'supplier-failed']]);
    expect([x.sale()?.state, places(), run(allRounds)]).toEqual(['refunded', [], []]);
  };

  it('is bought on the bid that still stands, and nobody is asked', () => {
    const bid = seeBid();
    sell();
    expect([asked(), accepted(), run(allRounds)]).toEqual([[], [bid], []]);
    expect(behind()).toMatchObject({
      ...{ state: 'accepting', seller: carol, price: 6, withinMs: 10_000 },
      purpose: { kind: 'resale', buyer: alice },
    });
  });

  it('is asked for where no bid is known: its source alone, for what it was known to cost', () => {
    sell();
    expect([asked(), accepted(), behind()]).toEqual([[question()], [], undefined]);
  });

  it.each([
    ['dearer than it was known', { price: 7 as Amount }],
    ['in another currency', { currency: otherMoney }],
  ])('is asked for where the bid that stands is %s', (_, says) => {
    seeBid(says);
    sell();
    expect([asked(), accepted()]).toEqual([[question()], []]);
  });

  it('is asked for where the bid that was known is over', () => {
    const { exp } = x.bid().payload;
    seeBid({ exp });
    x.world.now = (exp + 1) * 1000;
    sell();
    expect([asked(), accepted()]).toEqual([[question()], []]);
  });

  it('is refused where the place was forgotten since it was offered, and nobody is asked', () => {
    x.shelf.clear();
    run((ctx) => forgetSighting(ctx, walden.documentId, carol));
    sell();
    expect([x.answers(), asked(), x.sale()]).toEqual([[['x1', 'document-gone']], [], undefined]);
  });

  it('is asked for once, should the question come round to this peer', () => {
    sell();
    const query = { documentId: walden.documentId };
    const body = { id: round(), query, currency: money, maxPrice: 100 as Amount, budgetMs: 3_000 };
    x.world.takeEffects();
    run((ctx) => answerSolicitation(ctx, 'x2', alice, body));
    expect([x.calls(), x.world.effects]).toMatchObject([
      [],
      [{ kind: 'line', body: { end: { reason: 'duplicate' } } }],
    ]);
  });

  it('is asked for in half of the time that its buyer leaves, where that is less than five seconds', () => {
    sell(5_000);
    expect(asked()).toEqual([question(2_000)]);
  });

  it('is bought on the first bid that comes, in what is left of the time', () => {
    sell();
    x.world.takeEffects();
    x.world.now += 3_000;
    const bid = offer();
    offer({ jti: earlier, price: 4 as Amount });
    expect(accepted()).toEqual([bid]);
    expect(behind()).toMatchObject({ state: 'accepting', price: 5, withinMs: 7_000 });
    expect(run((ctx) => recentPurchases(ctx, 9))).toHaveLength(1);
  });

  it('is on its way once it was bought: that the answer ends, or that its time is over, changes nothing', () => {
    sell();
    offer();
    endAnswer();
    expect([x.sale()?.state, places(), run(allRounds)]).toEqual(['buying', [carol], []]);
    expect(deadlines(5_000)).toEqual([]);
    expect(x.answers()).toEqual([]);
  });

  it('is refunded, and its place forgotten, where the source has no bid', () => {
    sell();
    endAnswer();
    expectRefunded();
  });

  it('is refunded where the source says nothing in its time', () => {
    sell();
    const id = round();
    expect(deadlines(4_999)).toEqual([]);
    expect(deadlines(1)).toEqual([{ kind: 'solicitation-deadline', solicitation: id }]);
    run((ctx) => endRoundAtDeadline(ctx, id));
    expectRefunded();
  });

  it('waits for the source while it has not ended its answer', () => {
    sell();
    endAnswer(alice);
    expect([x.sale()?.state, places()]).toEqual(['buying', [carol]]);
  });

  it('is not bought from a source that became undesirable while it was asked', () => {
    sell();
    list('undesirable');
    offer();
    expect(accepted()).toEqual([]);
    endAnswer();
    expectRefunded();
  });

  it('is refunded after a start: nobody listens to the answer any more', () => {
    sell();
    run(dropRounds);
    expectRefunded();
  });

  it('is bought on after a start where the bid had come', () => {
    sell();
    offer();
    run(dropRounds);
    expect([x.sale()?.state, places()]).toEqual(['buying', [carol]]);
  });

  it('is forgotten by no question of another that a start has ended', () => {
    sell();
    const origin = { kind: 'request', exchange: 'x2', charged: 0 as Amount } as const;
    run((ctx) => {
      for (const each of allRounds(ctx)) putRound(ctx, { ...each, from: alice, origin });
    });
    run(dropRounds);
    expect([x.sale()?.state, places()]).toEqual(['buying', [carol]]);
  });
});
