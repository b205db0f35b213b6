import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../../../src/amount.ts';
import { post } from '../../../src/books/index.ts';
import { testContext, testPeerId } from '../../../src/kernel/test-context.ts';
import { cardStatement } from '../../../src/protocol/index.ts';
import { discover, ownCard } from '../../../src/trust/index.ts';
import { type FakePeer, fakePeer } from '../fake-peer.suite.ts';
import { memoryClient } from '../memory-client.ts';

const [bob, carol] = [testPeerId(2), testPeerId(3)];
const documentId = `b3-${'a'.repeat(52)}` as never;

function inviteOf(peer: typeof bob, name: string): string {
  const other = testContext({
    self: peer,
    settings: { name, endpoints: ['https://198.51.100.7:7685'] },
  });
  return other.run((ctx) => ctx.seal(ownCard(ctx)));
}

describe('neighbors over the bridge', () => {
  let fake: FakePeer;
  /** As the shell does: what the transaction asked for is done after it. */
  const call: ReturnType<typeof memoryClient>['call'] = async (method, input) => {
    const answer = await memoryClient(fake.router).call(method, input);
    for (const effect of fake.world.takeEffects()) {
      if (effect.kind === 'neighbor') fake.world.neighbors.put(effect.neighbor);
    }
    return answer;
  };
  const meetCarol = () =>
    fake.world.run((ctx) => {
      const card = ctx.open(cardStatement, inviteOf(carol, 'Carol'));
      if (!card.ok) throw new Error(card.error.detail);
      discover(ctx, card.value, { way: 'seller-by-buyer', documentId, via: bob });
    });
  const suggested = async () => {
    const found = await call('discoveries.list', { show: 'suggestions' });
    return found.ok ? found.value.discoveries.map(({ peer }) => peer) : found.error;
  };

  beforeEach(async () => {
    fake = fakePeer({ name: 'Alice' });
    await call('neighbors.add', { invite: inviteOf(bob, 'Bob'), reason: 'A friend.' });
  });

  it('shows whose invite it is, with the words to compare, and adds nothing', async () => {
    const read = await call('neighbors.readInvite', { invite: inviteOf(carol, 'Carol') });
    const words = await call('neighbors.words', { peer: carol });
    expect(read).toMatchObject({ ok: true, value: { peer: carol, name: 'Carol', issues: false } });
    expect(read.ok && words.ok && read.value.words).toEqual(words.ok && words.value.words);
    expect(words).toMatchObject({ ok: true, value: { words: { length: 8 } } });
    expect(fake.world.neighbors.get(carol)).toBeUndefined();
    const known = await call('neighbors.readInvite', { invite: inviteOf(bob, 'Bob') });
    expect(known).toMatchObject({ ok: true, value: { list: 'primary' } });
  });

  it('suggests whom trading found until the person says not now, and again after a season', async () => {
    meetCarol();
    expect(await suggested()).toEqual([carol]);
    await call('discoveries.dismiss', { peer: carol });
    expect(await suggested()).toEqual([]);
    expect(await call('discoveries.list', {})).toMatchObject({ value: { total: 1 } });
    fake.world.now += 91 * 24 * 60 * 60_000;
    expect(await suggested()).toEqual([carol]);
  });

  it('puts whom the person never wants on the undesirable list, with the reason', async () => {
    meetCarol();
    const refused = await call('neighbors.refuse', { peer: carol, reason: 'No.' });
    expect(refused).toMatchObject({ ok: true, value: { list: 'undesirable', reason: 'No.' } });
    expect(await suggested()).toEqual([]);
    expect(await call('neighbors.refuse', { peer: testPeerId(9) })).toMatchObject({
      ok: false,
      error: { code: 'unknown-neighbor' },
    });
  });

  it('does not suggest again whom the person removed', async () => {
    meetCarol();
    await call('discoveries.accept', { peer: carol, reason: 'Try.' });
    await call('neighbors.remove', { peer: carol });
    fake.world.now += 1_000 * 24 * 60 * 60_000;
    expect(await suggested()).toEqual([]);
  });

  it('sets what a neighbor may owe, and leaves it to the settings again', async () => {
    const set = await call('neighbors.limit', { peer: bob, creditLimit: 250 as Amount });
    expect(set).toMatchObject({ ok: true, value: { creditLimit: 250 } });
    const back = await call('neighbors.limit', { peer: bob, creditLimit: null });
    expect(back.ok && back.value.creditLimit).toBeUndefined();
    expect(fake.world.neighbors.get(bob)?.reason).toBe('A friend.');
  });

  it("tells a neighbor's dealings as the journal has them", async () => {
    const currency = testPeerId(7);
    fake.world.run((ctx) => {
      const cause = { kind: 'commission', peer: carol, via: bob, reason: 'Found.' } as const;
      post(ctx, currency, cause, [
        { account: 'clearing:deals', amount: 6 },
        { account: 'income:commissions', amount: -6 },
      ]);
      post(ctx, currency, { kind: 'bought', peer: bob, reason: 'A map.' }, [
        { account: 'expense:purchases', amount: 40 },
        { account: 'assets:balance', amount: -40 },
      ]);
    });
    const found = await call('neighbors.get', { peer: bob });
    const none = { good: 0, failed: 0, open: 0, contested: 0 };
    expect(found).toMatchObject({
      ok: true,
      value: {
        name: 'Bob',
        neighbor: { list: 'primary' },
        statistics: {
          deals: { bought: none, sold: none, supplied: none, resold: none },
          share: { good: 0, of: 0 },
          expected: { good: 3, of: 4 },
          asked: { all: 0 },
        },
        dealKinds: [],
        learned: { asked: 0, chancePerMillion: 500_000, goodFor: [] },
        documents: [],
        money: [{ currency, bought: 40, sold: 0, commissionsFrom: 0, commissionsVia: 6 }],
      },
    });
    const day = new Date(fake.world.now).toISOString().slice(0, 10);
    expect(await call('spending.get', { from: day, to: day })).toEqual({
      ok: true,
      value: {
        rows: [{ day, currency, kind: 'purchases', peer: bob, amount: 40 }],
        totals: [{ currency, kind: 'purchases', amount: 40 }],
      },
    });
    expect(await call('neighbors.get', { peer: testPeerId(9) })).toMatchObject({
      ok: false,
      error: { code: 'unknown-neighbor' },
    });
  });
});
