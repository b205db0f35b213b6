import { describe, expect, it } from 'vitest';
import type { DealId } from '../../src/protocol/index.ts';
import { SealedDeals } from './sealed-deals.ts';

const never = () => {
  throw new Error('Nothing is served here.');
};

describe('what sealed deals ask of the disk', () => {
  it('is not under way any more when the program has stopped it', async () => {
    const held = Promise.withResolvers<undefined>();
    let asked = 0;
    const deals = new SealedDeals({
      ...{ folder: '', shelf: { open: never }, downloads: never, onFault: never },
      run: async <T>(): Promise<T> => {
        asked++;
        return (await held.promise) as T;
      },
    });
    const deal = 'AAAAAAAAAAAAAAAAAAAAAA' as DealId;
    deals.unseal(deal);
    deals.unseal(deal);
    let stopped = false;
    const stopping = deals.stop().then(() => {
      stopped = true;
    });
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    expect(stopped).toBe(false);
    held.resolve(undefined);
    await stopping;
    deals.unseal(deal);
    expect(asked).toBe(1);
  });
});
