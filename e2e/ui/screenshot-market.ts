import { join } from 'node:path';
import { packageRoot } from '../../main/ui/index.ts';
import type { Amount } from '../../src/amount.ts';
import type { ScreenMarket } from './screen-market.ts';
import type { ScreenPeer } from './screen-peer.ts';

const maxPrice = 90 as Amount;
const budgetMs = 10_000;

/** Money goes round, documents are sold directly and through others; Frank waits for Alice's word. */
export async function trade(market: ScreenMarket) {
  const names = ['money.com', 'Alice', 'Bob', 'Carol', 'Frank'] as const;
  const [bank, alice, bob, carol, frank] = await market.start(...names);
  await bank.ask('currency.create', { name: 'money.com', symbol: 'mc' });
  await alice.ask('currency.create', { name: 'Marsh shells', symbol: 'shl' });
  for (const peer of [alice, bob, carol]) {
    await peer.accept(bank);
    await peer.share(join(packageRoot, 'assets', 'demo-library', peer.name.toLowerCase()));
  }
  await bob.accept(alice);
  await market.befriend(alice, bob);
  await market.befriend(bob, carol);
  const { link } = await alice.ask('peer.invite', {});
  await frank.ask('neighbors.add', { invite: link, note: 'I bake, and have recipes for rye.' });
  for (const peer of [alice, bob, carol]) await bank.issue(peer, 400);
  await alice.issue(bob, 90);
  for (const [buyer, text] of [
    [alice, 'bicycle'],
    [alice, 'knots'],
    [bob, 'birds'],
    [bob, 'marsh'],
    [carol, 'field'],
  ] as const) {
    await buy(buyer, text, bank);
  }
  await exchange(alice, bob, bank);
  return { alice, search: await find(alice, 'boat', bank) };
}

/** Bob takes Alice's shells for the bank's money; she gives him some. */
async function exchange(alice: ScreenPeer, bob: ScreenPeer, bank: ScreenPeer): Promise<void> {
  const pair = { give: alice.id, get: bank.id };
  const rate = { numerator: 3 as Amount, denominator: 5 as Amount, max: 200 as Amount };
  const expires = Math.floor(Date.now() / 1_000) + 86_400;
  await bob.ask('exchange.setRates', { rates: [{ ...pair, ...rate, expires }] });
  await alice.ask('exchange.ask', { peer: bob.id });
  await alice.until('exchange.offers', {}, ({ offers }) =>
    offers.some(({ peer, rates }) => peer === bob.id && rates.length > 0),
  );
  const given = 20 as Amount;
  await alice.ask('exchange.take', { peer: bob.id, ...pair, amount: given, way: 'tab' });
  await alice.until('exchange.list', {}, ({ exchanges }) =>
    exchanges.some(({ state }) => state === 'exchanged'),
  );
}

async function find(peer: ScreenPeer, text: string, { id: currency }: ScreenPeer) {
  const offers = [{ currency, maxPrice }];
  const { id } = await peer.ask('search.start', { query: { text }, offers, budgetMs });
  await peer.until('search.get', { search: id }, ({ state }) => state === 'ended');
  return id;
}

export async function buy(peer: ScreenPeer, text: string, bank: ScreenPeer): Promise<void> {
  const search = await find(peer, text, bank);
  const { bids } = await peer.ask('search.bids', { search });
  const [best] = bids.toSorted((a, b) => a.price - b.price);
  if (!best) throw new Error(`Nobody offers ${peer.name} anything about "${text}".`);
  const { deal } = await peer.ask('deals.buy', { bid: best.id });
  await peer.until('deals.get', { deal }, ({ sides }) =>
    sides.some(({ deal: { state } }) => state === 'delivered'),
  );
}
