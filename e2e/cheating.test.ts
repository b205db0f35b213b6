import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryStatement } from '../src/protocol/index.ts';
import { balanceIn } from './harness/agreement.ts';
import { payloadOf } from './harness/caller.ts';
import { cheatsFee, cheatsPrice, type Lie } from './harness/cheat.ts';
import {
  bought,
  buy,
  CheatedMarket,
  commission,
  contest,
  listOf,
} from './harness/cheated-market.ts';
import type { TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

const policies = [1, 2, 3] as const;

/** Who loses what by each form of cheating of the paper's §4, under each policy. */
describe('a cheat', () => {
  let scene: CheatedMarket;
  let market: TestMarket;
  let [eve, alice, bob, dave]: PeerProcess[] = [];

  beforeAll(async () => {
    scene = await CheatedMarket.open();
    market = scene.market;
    ({ eve, alice, bob, dave } = scene.honest);
  });
  afterAll(() => scene?.close());

  const spent = (peer: PeerProcess) => scene.spent(peer);
  const search = (by: PeerProcess, text: string) => scene.search(by, text);

  it.each(policies)(
    'that lies for a refund under policy %s gets it; the seller alone bears the price, and everybody sees the lie',
    async (policy) => {
      for (const peer of market.traders) await peer.ask('policy', policy);
      const sales = async () =>
        balanceIn(await dave!.ask('books'), market.currency, 'income:sales');
      const before = [await spent(eve!), await sales(), await spent(alice!), await spent(bob!)];
      const bid = (await search(eve!, 'dave document 0')).bids[0];
      const deal = await buy(eve!, bid?.id, 'delivered');
      await until('word of the delivery', async () => {
        const { sales: sold } = await dave!.ask('books');
        return sold.every(({ state }) => state === 'delivered') || undefined;
      });
      await contest(eve!, deal, 'refunded');
      await until('her own word', async () => {
        const contested = (await eve!.ask('purchase', deal))?.contest;
        return contested?.contradicted;
      });
      for (const peer of [alice!, bob!, dave!]) {
        const seen = await until(`the lie at ${peer.name}`, async () => {
          const { sales: sold } = await peer.ask('books');
          const newest = sold[0]?.contest;
          return newest?.contradicted ? newest : undefined;
        });
        const { iss } = payloadOf(deliveryStatement, seen.delivery ?? '');
        expect([seen.outcome, iss]).toEqual(['refunded', eve!.self]);
      }
      await until('refunds up the chain', async () => {
        const { purchases } = await bob!.ask('books');
        return purchases.every(({ contest: made }) => made?.state !== 'sent') || undefined;
      });
      const after = [await spent(eve!), await sales(), await spent(alice!), await spent(bob!)];
      expect(after).toEqual(before);
      expect(await listOf(dave!, eve!)).toMatchObject({ list: 'undesirable' });
      expect(await listOf(alice!, eve!)).toMatchObject({ list: 'primary' });
      await scene.conserved();
    },
  );

  it.each(policies)(
    'that is no neighbor gets no refund under policy %s, and is marked',
    async (policy) => {
      await bob!.ask('policy', policy);
      const liar = await scene.stranger(100);
      const receipt = await liar.pay(market.bank, dave!, 11);
      await liar.ask(dave!, {
        route: 'payTab',
        params: { currency: market.currency },
        body: { receipt },
      });
      const document = market.documents[0];
      const { deal } = await liar.buy(dave!, document?.documentId ?? '', market.currency);
      const answer = await liar.ask(dave!, {
        route: 'contest',
        body: { contest: liar.contest(dave!, deal) },
      });
      expect(answer).toMatchObject({ body: { outcome: 'refused', tab: { balance: 0 } } });
      expect(await listOf(dave!, liar)).toMatchObject({ list: 'undesirable' });
      expect(await liar.balance(market.bank)).toBe(89);
      await scene.conserved();
    },
  );

  it.each(policies)(
    'is not who a network failure makes look like one under policy %s: no neighbor loses, and a person forgives',
    async (policy) => {
      for (const peer of market.traders) await peer.ask('policy', policy);
      const before = [await spent(eve!), await spent(alice!), await spent(bob!)];
      const { bids } = await search(eve!, 'dave document 1');
      const direct = bids.find(({ bidder }) => bidder === alice!.self);
      const deal = await buy(eve!, direct?.id, 'retrieving');
      await dave!.kill();
      const contested = await contest(eve!, deal, 'refunded');
      expect(contested.contradicted).toBeUndefined();
      await dave!.start();
      await until('the refund of who came back', async () => {
        const { purchases } = await bob!.ask('books');
        return purchases.every(({ contest: made }) => made?.state !== 'sent') || undefined;
      });
      const after = [await spent(eve!), await spent(alice!), await spent(bob!)];
      expect(after).toEqual(before);
      for (const peer of [eve!, alice!])
        expect(await listOf(peer, dave!)).toMatchObject({ list: 'undesirable' });
      await scene.conserved();
      if (policy < 3) return;
      const reason = 'It was my network.';
      await eve!.ask('move', { peer: dave!.self, list: 'secondary', reason });
      expect(await listOf(eve!, dave!)).toMatchObject({ list: 'secondary', reason });
    },
  );

  /** What a seller's lie costs the person who was cheated, toward whom it is shown in the books. */
  const shown: Readonly<Record<Exclude<Lie, 'sealed' | 'silent'>, number>> = {
    ...{ nothing: cheatsPrice, fake: cheatsPrice, swallow: cheatsPrice },
    // A charge that was not agreed is disputed and never booked: the price lies on the cheat's tab, paid ahead.
    inflate: 0,
  };
  const lies = Object.keys(shown) as (keyof typeof shown)[];
  const cases = lies.flatMap((lie) => policies.map((policy) => [lie, policy] as const));

  it.each(cases)(
    'that sells (%s) costs the person under policy %s what the person paid, or is not asked at all',
    async (lie, policy) => {
      const cheat = await scene.meet(lie);
      await alice!.ask('policy', policy);
      const before = await spent(alice!);
      const { bids } = await search(alice!, cheat.title);
      if (policy === 1) {
        expect([bids, cheat.solicitedBy]).toEqual([[], []]);
        return expect(await cheat.gain()).toBe(0);
      }
      expect(bids.map(({ bidder, price }) => [bidder, price])).toEqual([[cheat.self, cheatsPrice]]);
      const deal = await buy(alice!, bids[0]?.id, 'failed');
      expect(await cheat.gain()).toBe(cheatsFee + cheatsPrice);
      await contest(alice!, deal, 'refused');
      expect((await spent(alice!)) - before).toBe(shown[lie]);
      expect(await listOf(alice!, cheat)).toMatchObject({
        list: 'undesirable',
        origin: { kind: 'contested', deal },
      });
      const solicited = cheat.solicitedBy.length;
      await search(alice!, cheat.title);
      expect(cheat.solicitedBy).toHaveLength(solicited);
      await scene.conserved();
    },
  );

  it.each(cases)(
    'that sells (%s) to others through a peer under policy %s reaches nobody, or costs that peer alone',
    async (lie, policy) => {
      const cheat = await scene.meet(lie);
      await alice!.ask('policy', policy);
      const before = [await spent(eve!), await spent(alice!)];
      const costs = async () => [
        (await spent(eve!)) - (before[0] ?? 0),
        (await spent(alice!)) - (before[1] ?? 0),
      ];
      if (policy < 3) {
        expect((await search(eve!, cheat.title)).bids).toEqual([]);
        expect(cheat.solicitedBy).toEqual([]);
        return expect(await costs()).toEqual([0, 0]);
      }
      // The cheat gives no credit: Alice pays its fee ahead, and asks it from the next time on.
      const bid = await until('a bid through Alice', async () => {
        const { bids } = await search(eve!, cheat.title);
        return bids[0];
      });
      expect(bid).toMatchObject({ bidder: alice!.self, price: cheatsPrice + commission });
      const deal = await buy(eve!, bid.id, 'failed');
      if (lie === 'swallow') {
        // Eve was refunded at once; Alice is left with the charge, and may contest it herself.
        const lost = (await alice!.ask('books')).purchases.find(
          ({ seller }) => seller === cheat.self,
        );
        await contest(alice!, lost?.deal ?? deal, 'refused');
      } else await contest(eve!, deal, 'refunded');
      await until('the loss', async () =>
        (await costs()).join() === [0, shown[lie]].join() ? true : undefined,
      );
      expect(await cheat.gain()).toBeGreaterThanOrEqual(cheatsPrice);
      // Eve never heard of a peer that kept its instructions.
      for (const peer of lie === 'swallow' ? [alice!] : [eve!, alice!])
        expect(await listOf(peer, cheat)).toMatchObject({ list: 'undesirable' });
      await scene.conserved();
    },
  );

  it.each(policies)(
    'that seals a fake for the person under policy %s keeps the price, which nobody owes back, and is marked by its key',
    async (policy) => {
      const cheat = await scene.meet('sealed');
      await alice!.ask('policy', policy);
      const before = await spent(alice!);
      const { bids } = await search(alice!, cheat.title);
      if (policy === 1) return expect([bids, await cheat.gain()]).toEqual([[], 0]);
      const deal = await bought(alice!, await alice!.ask('buySealed', bids[0]?.id ?? ''), 'failed');
      expect((await alice!.ask('purchase', deal))?.failure?.code).toBe('corrupt-document');
      expect((await spent(alice!)) - before).toBe(cheatsPrice);
      expect(await cheat.gain()).toBe(cheatsFee + cheatsPrice);
      expect(await listOf(alice!, cheat)).toMatchObject({ list: 'undesirable' });
      expect((await contest(alice!, deal, 'refused', 'corrupt')).proof?.key).toHaveLength(43);
      expect((await spent(alice!)) - before).toBe(cheatsPrice);
      await scene.conserved();
    },
  );

  it.each(policies)(
    'that seals a fake for others under policy %s costs the buyer its price, and the peer between nothing',
    async (policy) => {
      const cheat = await scene.meet('sealed');
      await alice!.ask('policy', policy);
      const before = [await spent(eve!), await spent(alice!)];
      if (policy < 3) return expect((await search(eve!, cheat.title)).bids).toEqual([]);
      const bid = await until('a bid through Alice', async () => {
        const { bids } = await search(eve!, cheat.title);
        return bids[0];
      });
      expect(bid.price).toBe(cheatsPrice + commission);
      const deal = await bought(eve!, await eve!.ask('buySealed', bid.id), 'failed');
      await contest(eve!, deal, 'noted', 'corrupt');
      const supply = await until('the contest at the cheat', async () => {
        const { purchases } = await alice!.ask('books');
        return purchases.find(({ seller, contest: made }) => seller === cheat.self && made);
      });
      expect(supply.state).toBe('passed-on');
      const after = [await spent(eve!), await spent(alice!)];
      expect(after.map((each, n) => each - (before[n] ?? 0))).toEqual([
        cheatsPrice + commission,
        0,
      ]);
      for (const peer of [eve!, alice!])
        expect(await listOf(peer, cheat)).toMatchObject({ list: 'undesirable' });
      expect(await listOf(alice!, eve!)).toMatchObject({ list: 'primary' });
      await scene.conserved();
    },
  );
});
