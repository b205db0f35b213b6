import { describe, expect, it } from 'vitest';
import { type Deal, type Download, downloadRows, progressOf } from './transfer-rows.ts';

const purchase = (deal: string, state: string, more = {}) =>
  ({ side: 'purchase', deal, state, sizeBytes: 100, ...more }) as Deal;
const download = (deal: string, state: Download['state'], receivedBytes = 0) =>
  ({ deal, state, receivedBytes, sizeBytes: 100, bytesPerSecond: 0 }) as Download;

describe('the downloads on the screen', () => {
  it('stand with what is under way first, and without what was bought for others', () => {
    const deals = [
      purchase('a', 'delivered'),
      purchase('b', 'accepting'),
      purchase('c', 'passed-on', { resoldTo: 'z6Mk' }),
      purchase('d', 'retrieving'),
      { side: 'sale', deal: 'e' } as Deal,
    ];
    const rows = downloadRows(deals, []);
    expect(rows.map(({ deal, stage }) => [deal.deal, stage])).toEqual([
      ['b', 'agreeing'],
      ['d', 'queued'],
      ['a', 'complete'],
    ]);
  });

  it('say what the retrieval says while there is one', () => {
    const kinds = ['verifying', 'manifest', 'paused'] as const;
    const stages = kinds.map((kind) => {
      const state = { kind, verifiedBytes: 0 } as Download['state'];
      return downloadRows([purchase('a', 'retrieving')], [download('a', state)])[0]?.stage;
    });
    expect(stages).toEqual(['verifying', 'connecting', 'paused']);
  });

  it('say that a peer fell silent in the middle', () => {
    const state = {
      kind: 'retrieving',
      receivedBytes: 5,
      bytesPerSecond: 0,
      silentSince: 7,
    } as const;
    const rows = downloadRows([purchase('a', 'retrieving')], [download('a', state, 5)]);
    expect(rows[0]?.stage).toBe('silent');
  });

  it('tell what the person gave up from what failed', () => {
    const failure = { code: 'given-up', detail: '' } as const;
    const deals = [purchase('a', 'failed', { failure }), purchase('b', 'failed')];
    expect(downloadRows(deals, []).map(({ stage }) => stage)).toEqual(['given-up', 'failed']);
  });

  it('believe the deal where the retrieval is not forgotten yet', () => {
    const rows = downloadRows([purchase('a', 'failed')], [download('a', { kind: 'queued' })]);
    expect(rows[0]?.stage).toBe('failed');
  });

  it('show how much has arrived, also of what has no bytes', () => {
    const [part] = downloadRows(
      [purchase('a', 'retrieving')],
      [download('a', { kind: 'paused' }, 25)],
    );
    const [empty] = downloadRows([purchase('b', 'retrieving', { sizeBytes: 0 })], []);
    const [whole] = downloadRows([purchase('c', 'delivered', { sizeBytes: 0 })], []);
    expect([part, empty, whole].map((row) => row && progressOf(row))).toEqual([0.25, 0, 1]);
  });
});
