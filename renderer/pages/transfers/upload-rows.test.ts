import { describe, expect, it } from 'vitest';
import type { Deal } from './transfer-rows.ts';
import { type UploadSeen, uploadRows } from './upload-rows.ts';

const sale = (deal: string, state: string, since: number) =>
  ({
    side: 'sale',
    deal,
    state,
    since,
    buyer: 'bob',
    documentId: `doc ${deal}`,
    sizeBytes: 10,
  }) as Deal;
const seen = (id: string, of: string, state: UploadSeen['state'], at: number): UploadSeen => ({
  id,
  peer: 'bob',
  documentId: `doc ${of}`,
  state,
  bytesSent: 5,
  bytesTotal: 10,
  bytesPerSecond: 1,
  at,
});

describe('the uploads on the screen', () => {
  it('put the pieces of one sale into one row, as the newest of them stands', () => {
    const rows = uploadRows(
      [seen('1', 'a', 'sent', 5), seen('2', 'a', 'sending', 6)],
      [sale('a', 'instructed', 1)],
    );
    expect(rows).toMatchObject([{ id: 'a', state: 'sending', part: 0.5, deal: { deal: 'a' } }]);
  });

  it('know a sale again that went through a neighbor to somebody else', () => {
    const sold = { ...sale('a', 'instructed', 1), opening: { peer: 'dave', at: 2 } } as Deal;
    const rows = uploadRows([{ ...seen('1', 'a', 'sending', 6), peer: 'dave' }], [sold]);
    expect(rows).toMatchObject([{ id: 'a', peer: 'dave', state: 'sending', deal: { deal: 'a' } }]);
  });

  it('stand as their deal does once that has ended', () => {
    const rows = uploadRows([seen('1', 'a', 'sent', 5)], [sale('a', 'delivered', 6)]);
    expect(rows).toMatchObject([{ state: 'delivered', part: 1 }]);
  });

  it('are told newest first, also those whose deal is not at hand', () => {
    const rows = uploadRows([seen('7', 'x', 'sending', 9)], [sale('a', 'delivered', 6)]);
    expect(rows.map(({ id, deal }) => [id, deal?.deal])).toEqual([
      ['7', undefined],
      ['a', 'a'],
    ]);
  });
});
