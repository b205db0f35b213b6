import { describe, expect, it } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import type { BridgeEvent } from './contract.ts';
import { type NoticeFacts, noticeOf, plain } from './notices.ts';
import { TabWatch } from './tab-watch.ts';

const facts: NoticeFacts = {
  titleOf: async () => 'Tide <b>tables</b>\u202e & lamps',
  wishOf: async () => 'tide tables',
  nearLimit: async () => ({ name: 'Bob', symbol: 'TIDE' }),
};
const deal = 'd'.repeat(22);

describe('a notification', () => {
  it('tells a document that has arrived, and no step on its way', async () => {
    const done = {
      type: 'download',
      deal,
      state: { kind: 'complete', path: '/d/x' },
    } as BridgeEvent;
    expect(await noticeOf(done, facts)).toEqual({
      ...{ kind: 'downloads', of: 'download', title: 'Tide ‹b›tables‹/b›  ＆ lamps' },
      ...{ page: 'deals', part: deal },
    });
    const way = { type: 'download', deal, state: { kind: 'connecting' } } as BridgeEvent;
    expect(await noticeOf(way, facts)).toBeUndefined();
  });

  it('tells a contest that came or ended, and not the one that the person just made', async () => {
    const event = { type: 'contest', deal, side: 'sale', state: 'refunded' } as BridgeEvent;
    expect(await noticeOf(event, facts)).toMatchObject({
      ...{ kind: 'contests', of: 'contest', page: 'deals', part: deal },
    });
    const own = { ...event, side: 'purchase', state: 'sent' } as BridgeEvent;
    expect(await noticeOf(own, facts)).toBeUndefined();
  });

  it('tells who introduces themselves, and leads to the requests', async () => {
    const event: BridgeEvent = { type: 'introduction', peer: testPeerId(2), name: 'Bob' };
    expect(await noticeOf(event, facts)).toMatchObject({
      ...{ name: 'Bob', page: 'neighbors', part: 'requests' },
    });
  });

  it('tells what a saved search found, and leads to its bids', async () => {
    const event = { type: 'saved-search-found', saved: 's', search: 'f', documents: 2 };
    expect(await noticeOf(event as BridgeEvent, facts)).toEqual({
      ...{ kind: 'searches', of: 'found', wish: 'tide tables', count: 2 },
      ...{ page: 'search', part: 'f' },
    });
  });

  it('tells a tab that does not add up, and one near its limit', async () => {
    const [peer, currency] = [testPeerId(2), testPeerId(3)];
    const wrong: BridgeEvent = { type: 'discrepancy', peer, currency, detail: 'entry 3' };
    expect(await noticeOf(wrong, facts)).toMatchObject({
      ...{ kind: 'discrepancies', detail: 'entry 3', page: 'neighbors', part: peer },
    });
    expect(await noticeOf({ type: 'tab', peer, currency }, facts)).toMatchObject({
      ...{ kind: 'tabs', name: 'Bob', symbol: 'TIDE', page: 'neighbors', part: peer },
    });
  });

  it('shows a text of others as one short line without markup', () => {
    expect(plain('a\nb\u0007\u200f<i>')).toBe('a b  ‹i›');
    expect([...plain('x'.repeat(1_000))]).toHaveLength(160);
  });
});

describe('a tab', () => {
  it('is told near its limit once, until it was settled', async () => {
    let owedToUs = 89;
    const [peer, currency] = [testPeerId(2), testPeerId(3)];
    const answers: Record<string, () => unknown> = {
      'tabs.list': () => ({
        tabs: [{ peer, currency, owedToUs, weOwe: 0, creditLimit: 100 }],
      }),
      'neighbors.list': () => ({ neighbors: [{ peer, name: 'Bob' }] }),
      'wallet.list': () => ({ currencies: [{ currency, symbol: 'TIDE' }] }),
    };
    const watch = new TabWatch({
      call: async (method) => ({ ok: true, value: answers[method]?.() }) as never,
    });
    const near = () => watch.nearLimit(peer, currency);
    expect(await near()).toBeUndefined();
    owedToUs = 90;
    expect(await near()).toEqual({ name: 'Bob', symbol: 'TIDE' });
    owedToUs = 95;
    expect(await near()).toBeUndefined();
    owedToUs = 10;
    expect(await near()).toBeUndefined();
    owedToUs = 100;
    expect(await near()).toEqual({ name: 'Bob', symbol: 'TIDE' });
  });
});
