import { expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { newId } from '../kernel/index.ts';
import { testDocument } from '../peer/test-world-library.ts';
import { LoneBuyer } from './lone-buyer.suite.ts';
import { money } from './lone-seller.suite.ts';
import { noteFinds } from './saved-finds.ts';
import { saveSearch } from './saved-search.ts';

it('tells what a run found once, however much that is', () => {
  const x = new LoneBuyer();
  const saved = x.world.run((ctx) =>
    saveSearch(ctx, {
      ...{ query: { text: 'walden' }, everyMs: 60_000 },
      offers: [{ currency: money, maxPrice: 50 as Amount, feesMax: 9 as Amount }],
    }),
  );
  if (!saved.ok) throw new Error(saved.error.detail);
  const { id } = saved.value;
  const run = x.world.run((ctx) => newId(ctx.chance));
  for (let n = 0; n < 1_100; n++) {
    const { documentId: sub } = testDocument(`walden ${n}`);
    x.bidOfCarol({ sub, solicitation: run, jti: x.world.run((ctx) => newId(ctx.chance)) });
  }
  x.world.takeEffects();
  const told = () =>
    x.world
      .takeEffects()
      .flatMap((effect) =>
        effect.kind === 'event' && effect.event.type === 'saved-search-found'
          ? [effect.event.documents]
          : [],
      );
  for (let n = 0; n < 3; n++) x.world.run((ctx) => noteFinds(ctx, id, run));
  expect(told()).toEqual([1_100]);
});
