import * as z from 'zod';
import { amountField, dealId, documentId, peerId, randomId } from '../../../src/protocol/index.ts';
import { retrievalState } from './deals.ts';
import { count, problemField } from './fields.ts';
import { libraryProgress } from './library.ts';

const event = <T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape });

/** What happens at a peer, as it happens. The state itself is asked for by methods. */
const bridgeEvent = z.discriminatedUnion('type', [
  event('bid', {
    search: z.string(),
    bid: z.string(),
    peer: peerId,
    documentId,
    price: amountField,
  }),
  event('search-refused', { search: z.string(), peer: peerId, problem: problemField }),
  event('search-ended', { search: z.string(), bids: count }),
  event('saved-search-found', {
    saved: randomId,
    search: randomId,
    /** How many documents no run had found before. */
    documents: count,
  }),
  event('saved-search-bought', { saved: randomId, deal: dealId }),
  event('deal', { deal: dealId, side: z.enum(['purchase', 'sale']), state: z.string() }),
  event('contest', { deal: dealId, side: z.enum(['purchase', 'sale']), state: z.string() }),
  event('money', { currency: peerId, cause: z.string() }),
  event('tab', { peer: peerId, currency: peerId }),
  event('discrepancy', { peer: peerId, currency: peerId, detail: z.string() }),
  event('exchange', { peer: peerId, id: randomId, state: z.string() }),
  event('rates', { peer: peerId }),
  event('discovered', { peer: peerId, way: z.string() }),
  event('introduction', { peer: peerId, name: z.string() }),
  event('neighbor', { peer: peerId }),
  event('download', { deal: dealId, state: retrievalState }),
  event('upload', {
    /** Tells answers apart while the program runs. */
    upload: count,
    peer: peerId,
    documentId,
    bytesSent: count,
    bytesTotal: count,
    state: z.enum(['sending', 'sent', 'broken']),
  }),
  event('library', { progress: libraryProgress }),
  /** Somebody did something by this method: another window, a command line, the demo market. */
  event('command', { method: z.string() }),
]);
export type BridgeEvent = z.output<typeof bridgeEvent>;

/**
 * What the event stream carries. Sequence numbers grow by one. A `snapshot` says that what happened before
 * it is not told: whoever shows state asks for it anew.
 */
export const eventFrame = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('snapshot'), sequence: count }),
  z.object({ kind: z.literal('event'), sequence: count, event: bridgeEvent }),
]);
export type EventFrame = z.output<typeof eventFrame>;
