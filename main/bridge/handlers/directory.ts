import { sightingsMax } from '../../../src/limits.ts';
import {
  documentsFor,
  latestSightings,
  type Sighting,
  sightingsIn,
  sightingsOf,
} from '../../../src/market/index.ts';
import type { HandlerOutput } from '../contract.ts';
import type { Handlers } from '../handler.ts';

export const directoryHandlers: Handlers<'directory.find'> = {
  'directory.find': ({ peer }, { text, limit }) =>
    peer.run((ctx) => {
      const found =
        text === undefined
          ? latestSightings(ctx, limit)
          : documentsFor(ctx, { text }, limit).flatMap((each) => sightingsOf(ctx, each));
      const newest = found.toSorted((a, b) => b.at - a.at).slice(0, limit);
      return {
        total: sightingsIn(ctx),
        most: sightingsMax,
        sightings: newest.map(sightingView),
      };
    }),
};

export function sightingView({
  indexed: _indexed,
  bid: _bid,
  ...seen
}: Sighting): HandlerOutput<'directory.find'>['sightings'][number] {
  return seen;
}
