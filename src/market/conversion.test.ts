import { beforeEach, describe, expect, it } from 'vitest';
import { balanceOf } from '../books/index.ts';
import { ownRates } from '../exchange/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { TestMarket } from '../peer/test-world-market.ts';
import type { TestPeer } from '../peer/test-world-peer.ts';
import { tabView } from '../tabs/index.ts';
import { contest } from './index.ts';

const walden = testDocument('walden');

/** Alice pays in crowns, Carol takes sols alone; Bob between them gives three sols for two crowns. */
describe('An intermediary that converts', () => {
  let market: TestMarket;
  let [alice, bob, carol, mint]: TestPeer[] = [];

  function build({ convert = true, max = 1_000 } = {}) {
    market = new TestMarket();
    mint = market.world.add('mint', { settings: { issues: { name: 'Sols', symbol: 'S' } } });
    const [crowns, sols] = [market.accepted(1), market.accepted(1, mint)];
    const expires = Math.floor(market.world.now / 1000) + 24 * 3_600;
    const rate = { give: market.bank.id, get: mint.id, numerator: 3, denominator: 2, max, expires };
    alice = market.world.add('alice', { settings: { accepts: [crowns] } });
    bob = market.world.add('bob', {
      settings: { accepts: [crowns, sols], exchange: { rates: [rate], convert } },
    });
    carol = market.world.add('carol', {
      settings: { accepts: [sols], pricing: [{ flat: 30, perMebibyte: 0 }] },
      documents: [walden],
    });
    market.chain(alice, bob, carol);
    market.open(0);
    market.give(alice, 500);
    market.give(bob, 500, mint);
    market.world.pass(2_000);
  }

  const books = (peer: TestPeer | undefined, currency: TestPeer | undefined, account: string) =>
    market.world.read(peer!, (ctx) => balanceOf(ctx, currency!.id, account as 'equity:exchange')) +
    0;
  const left = () => market.world.read(bob!, (ctx) => ownRates(ctx)[0]?.left);

  beforeEach(() => build());

  it('bids in the currency that it was asked in, at its rate, rounded up, and its commission', () => {
    const { bids } = market.search(alice!, 'walden', 50);
    expect(bids.map(({ bid }) => [bid.currency, bid.price])).toEqual([[market.currency, 24]]);
  });

  it('passes the price through the exchange and earns the commission, and all comes out even', () => {
    const { bids } = market.search(alice!, 'walden', 50);
    market.buy(alice!, bids[0]);
    market.settle();
    expect(books(bob, market.bank, 'income:commissions')).toBe(-4);
    expect(books(bob, market.bank, 'equity:exchange')).toBe(-20);
    expect(books(bob, mint, 'equity:exchange')).toBe(30);
    expect(books(bob, mint, 'clearing:deals')).toBe(0);
    expect(books(carol, mint, 'income:sales')).toBe(-30);
    expect(books(alice, market.bank, 'expense:purchases')).toBe(24);
    expect(left()).toBe(980);
  });

  it('never offers it against the key, and says so to whoever asks for that', () => {
    const { bids } = market.search(alice!, 'walden', 50);
    expect(bids[0]?.bid.sealed).toBeUndefined();
    const body = { bid: bids[0]?.text, deal: 'AAAAAAAAAAAAAAAAAAAAAA', sealed: true };
    const answer = market.ask(alice!, bob!, { route: 'accept', body });
    expect(answer).toMatchObject({ error: { code: 'not-sealed' } });
  });

  it('asks for no more than the caller pays, in any rounding', () => {
    expect(market.search(alice!, 'walden', 23).bids).toEqual([]);
    expect(market.search(alice!, 'walden', 24).bids).toHaveLength(1);
  });

  it('does so only where the person wants it, and the rate holds for so much', () => {
    build({ convert: false });
    expect(market.search(alice!, 'walden', 50).bids).toEqual([]);
    build({ max: 19 });
    expect(market.search(alice!, 'walden', 50).bids).toEqual([]);
  });

  it('sells no more than the rate holds for, though it bid on more', () => {
    build({ max: 30 });
    const one = market.search(alice!, 'walden', 50).bids[0];
    const other = market.search(alice!, 'walden', 50).bids[0];
    market.buy(alice!, one);
    market.buy(alice!, other, 'failed');
    market.settle();
    expect(left()).toBe(10);
  });

  it('gives the buyer its money back and the rate what it holds for when the supplier fails', () => {
    const { bids } = market.search(alice!, 'walden', 50);
    carol!.library.remove(walden.documentId);
    market.buy(alice!, bids[0], 'failed');
    market.settle();
    expect(left()).toBe(1_000);
    expect(books(bob, market.bank, 'equity:exchange')).toBe(0);
    expect(books(bob, mint, 'equity:exchange')).toBe(0);
    expect(books(alice, market.bank, 'expense:purchases')).toBe(0);
  });

  describe('that sells what its directory knows', () => {
    beforeEach(() => {
      bob!.settings = {
        ...bob!.settings,
        forwarding: { ...bob!.settings.forwarding, fromDirectory: true },
      };
      market.search(alice!, 'walden', 50);
    });
    const asked = () => market.world.read(carol!, (ctx) => tabView(ctx, bob!.id, mint!.id).balance);

    it('answers in the currency that it is asked in, without asking, and buys in the one it saw', () => {
      const before = asked();
      const { bids } = market.search(alice!, 'walden', 50);
      expect(bids.map(({ bid }) => [bid.currency, bid.price])).toEqual([[market.currency, 24]]);
      expect(asked()).toBe(before);
      market.buy(alice!, bids[0]);
      market.settle();
      expect(books(bob, market.bank, 'equity:exchange')).toBe(-20);
      expect(books(bob, mint, 'equity:exchange')).toBe(30);
      expect(books(bob, market.bank, 'income:commissions')).toBe(-4);
      expect(left()).toBe(980);
    });

    it('takes nothing off the rate where the source has gone, and refunds', () => {
      const { bids } = market.search(alice!, 'walden', 50);
      carol!.library.remove(walden.documentId);
      market.world.pass(11 * 60_000);
      const again = market.search(alice!, 'walden', 50).bids[0] ?? bids[0];
      market.buy(alice!, again, 'failed');
      market.settle();
      expect(left()).toBe(1_000);
      expect(books(alice, market.bank, 'expense:purchases')).toBe(0);
    });

    it('knows of nothing in other currencies where it does not convert', () => {
      bob!.settings = { ...bob!.settings, exchange: { ...bob!.settings.exchange, convert: false } };
      expect(market.search(alice!, 'walden', 50).bids).toEqual([]);
    });
  });

  it('takes both sides back when the buyer contests', () => {
    const { bids } = market.search(alice!, 'walden', 50);
    const deal = market.buy(alice!, bids[0]);
    market.world.do(alice!, (ctx) => contest(ctx, deal, { reason: 'not-as-described', note: '' }));
    market.settle();
    expect(books(bob, market.bank, 'equity:exchange')).toBe(0);
    expect(books(bob, mint, 'equity:exchange')).toBe(0);
    expect(books(bob, market.bank, 'income:commissions')).toBe(0);
  });
});
