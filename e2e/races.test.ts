import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Amount } from '../src/amount.ts';
import { answers, type DealId, receiptStatement } from '../src/protocol/index.ts';
import { disagreements } from './harness/agreement.ts';
import { bodyOf, Caller, endOf, payloadOf, randomId } from './harness/caller.ts';
import { type TestDocument, TestMarket } from './harness/market.ts';
import type { PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

const rounds = 24;
const fee = { flat: 1, perMillion: 10_000 };
const feeOf = (amount: number) => fee.flat + Math.ceil((amount * fee.perMillion) / 1_000_000);

describe('two requests at the same moment', () => {
  let market: TestMarket;
  let bob: PeerProcess;
  let document: TestDocument;
  let one: Caller;
  let other: Caller;
  let stranger: Caller;

  beforeAll(async () => {
    market = await TestMarket.open(fee);
    bob = await market.trader('bob', { market: { creditLimit: 1_000_000 } });
    [document] = (await market.shelve(bob, [10_000])) as [TestDocument];
    [one, other, stranger] = await Promise.all([Caller.make(), Caller.make(), Caller.make()]);
    for (const neighbor of [one, other]) {
      // Neighbors may ask faster than strangers: at the bank, too, races must not end at the door.
      for (const peer of [bob, market.bank]) {
        await peer.ask('addNeighbor', { invite: neighbor.card() });
      }
    }
  });
  afterAll(async () => {
    await Promise.all([one, other, stranger].map((caller) => caller?.close()));
    await market?.close();
  });

  async function fund(caller: Caller, amount: number): Promise<void> {
    const { currency } = market;
    const paid = await market.bank.ask('pay', { currency, payee: caller.self, amount });
    expect(paid.ok).toBe(true);
  }

  async function linesAbout(reference: string) {
    const { tabs } = await bob.ask('books');
    return tabs.flatMap(({ lines }) => lines.filter((line) => line.reference === reference));
  }

  it('bind an access key to one of two callers, for good', async () => {
    for (let round = 0; round < rounds; round++) {
      const { instructions } = await one.buy(bob, document.documentId, market.currency);
      const { accessKey } = instructions;
      const open = (caller: Caller) =>
        caller.ask(bob, { route: 'open', body: { accessKey, card: caller.card() } });
      const callers = round % 2 === 0 ? [one, other] : [other, one];
      const ends = (await Promise.all(callers.map(open))).map(endOf);
      expect(ends.toSorted()).toEqual(['access-key-taken', 'answered']);
      expect((await Promise.all(callers.map(open))).map(endOf)).toEqual(ends);
    }
  });

  it('carry out one order once, and answer each repeat with its receipt', async () => {
    await fund(one, 10_000);
    for (let round = 0; round < rounds; round++) {
      const before = await one.balance(market.bank);
      const order = one.order({ aud: market.currency, payee: bob.self, amount: 7 as Amount });
      const send = (device: 0 | 1) =>
        one.ask(market.bank, { route: 'transfer', body: { order } }, device);
      const outcomes = await Promise.all([send(0), send(1), send(0), send(1)]);
      const receipts = outcomes.map((outcome) =>
        payloadOf(receiptStatement, answers.transfer.parse(bodyOf(outcome)).receipt),
      );
      expect(new Set(receipts.map(({ sequence }) => sequence)).size).toBe(1);
      expect(await one.balance(market.bank)).toBe(before - 7 - feeOf(7));
    }
  });

  it('carry out one of two different orders under one id', async () => {
    await fund(one, 10_000);
    for (let round = 0; round < rounds; round++) {
      const before = await one.balance(market.bank);
      const same = { aud: market.currency, payee: bob.self, jti: randomId() };
      const amounts = [3, 5] as const;
      const orders = amounts.map((amount) => one.order({ ...same, amount: amount as Amount }));
      const outcomes = await Promise.all(
        orders.map((order, n) =>
          one.ask(market.bank, { route: 'transfer', body: { order } }, n === 0 ? 0 : 1),
        ),
      );
      expect(outcomes.map(endOf).toSorted()).toEqual(['answered', 'order-id-reused']);
      const paid = amounts[outcomes.findIndex(({ kind }) => kind === 'answered')]!;
      expect(await one.balance(market.bank)).toBe(before - paid - feeOf(paid));
    }
  });

  it('spend the last unit of a balance once', async () => {
    const payer = await Caller.make();
    await market.bank.ask('addNeighbor', { invite: payer.card() });
    for (let round = 0; round < rounds; round++) {
      await fund(payer, 9 + feeOf(9));
      const send = (device: 0 | 1) => {
        const order = payer.order({ aud: market.currency, payee: bob.self, amount: 9 as Amount });
        return payer.ask(market.bank, { route: 'transfer', body: { order } }, device);
      };
      const ends = (await Promise.all([send(0), send(1), send(0), send(1)])).map(endOf);
      expect(ends.filter((end) => end === 'answered')).toHaveLength(1);
      expect(ends.filter((end) => end === 'insufficient-funds')).toHaveLength(3);
      expect(await payer.balance(market.bank)).toBe(0);
    }
    await payer.close();
  });

  it('accept a deal once, charge it once and give both the same instructions', async () => {
    for (let round = 0; round < rounds; round++) {
      const bid = await one.bid(bob, document.documentId, market.currency);
      const deal = randomId() as DealId;
      const accept = (device: 0 | 1) =>
        one.ask(bob, { route: 'accept', body: { bid, deal } }, device);
      const outcomes = await Promise.all([accept(0), accept(1), accept(0)]);
      const given = outcomes.map((outcome) => answers.accept.parse(bodyOf(outcome)).instructions);
      expect(new Set(given).size).toBe(1);
      expect(await linesAbout(deal)).toHaveLength(1);
    }
  });

  it('credit a payment once, whether its receipt or the deposit query comes first', async () => {
    await fund(one, 20_000);
    await fund(stranger, 20_000);
    for (let round = 0; round < rounds; round++) {
      // A neighbor's receipt is taken on the issuer's signature; for a stranger's the issuer is asked.
      const payer = round % 2 === 0 ? one : stranger;
      const amount = 11 + round;
      const receipt = await payer.pay(market.bank, bob, amount);
      const { order } = payloadOf(receiptStatement, receipt);
      const params = { currency: market.currency };
      const present = (device: 0 | 1) =>
        payer.ask(bob, { route: 'payTab', params, body: { receipt } }, device);
      const ends = (await Promise.all([present(0), present(1), present(0)])).map(endOf);
      expect(ends).toEqual(['answered', 'answered', 'answered']);
      expect((await linesAbout(order)).map((line) => line.amount)).toEqual([-amount]);
    }
  });

  it('leave the books of the peer and of the issuer in agreement', async () => {
    let wrong: readonly string[] = [];
    await until(
      'the books agree',
      async () => {
        wrong = disagreements(await market.books());
        return wrong.length === 0 || undefined;
      },
      { withinMs: 10_000, missing: () => wrong.join('\n') },
    );
  });
});
