import { describe, expect, it } from 'vitest';
import { de } from '../../i18n/de.ts';
import { en, type TextKey } from '../../i18n/en.ts';
import { names, titleOf } from './cast.ts';
import { graphKinds, type WatchFrame, type WatchPlan } from './scene.ts';
import { Stage } from './stage.ts';

const plan: WatchPlan = { seed: 1, peers: 12, graph: 'communities' };

function watch(ms: number, order = plan): { frames: WatchFrame[]; stage: Stage } {
  const stage = new Stage(order);
  const frames = [stage.frame()];
  for (let passed = 0; passed < ms; passed += 2_000) {
    stage.pass(2_000);
    frames.push(stage.frame());
  }
  return { frames, stage };
}

describe('The market to watch', () => {
  const { frames, stage } = watch(120_000);
  const last = frames.at(-1)!;
  const happenings = frames.flatMap((frame) => frame.happenings);

  it('names everybody and all neighbors once, at first', () => {
    expect(frames[0]?.people?.map(({ name }) => name)).toEqual([...names.slice(0, 12), 'Bank']);
    expect(frames[0]?.links.length).toBeGreaterThan(10);
    expect(frames.slice(1).every(({ people }) => people === undefined)).toBe(true);
    const links = frames.flatMap((frame) => frame.links.map(({ a, b }) => [a, b].sort().join(' ')));
    expect(new Set(links).size).toBe(links.length);
  });

  it('trades: people search, get bids, buy, have their document and meet', () => {
    const kinds = new Set(happenings.map(({ kind }) => kind));
    for (const kind of ['search', 'bid', 'buy', 'got', 'met', 'neighbors', 'paid'] as const)
      expect(kinds).toContain(kind);
    expect(last.tallies.documents).toBeGreaterThan(3);
    expect(happenings.map(({ number }) => number)).toEqual(happenings.map((_, at) => at + 1));
    expect(frames.some(({ links }) => links.some(({ found }) => found))).toBe(true);
  });

  it('shows in each frame that issued less destroyed is what all accounts hold', () => {
    for (const { currencies } of frames) {
      expect(currencies.map(({ symbol }) => symbol)).toEqual(['M', 'N']);
      for (const { issued, destroyed, balances, held } of currencies)
        expect(issued - destroyed).toBe(balances + held);
    }
    // A transfer's fee of the bank is destroyed.
    expect(last.currencies[0]?.destroyed).toBeGreaterThan(0);
  });

  it('goes on by one message in a step', () => {
    const { traffic: before } = stage.frame();
    expect(before).toEqual([]);
    stage.step();
    const { atMs } = stage.frame();
    expect(atMs).toBeGreaterThanOrEqual(last.atMs);
    expect(atMs - last.atMs).toBeLessThan(60_000);
  });

  it('plays the same market again from the same seed', () => {
    expect(watch(10_000).frames).toEqual(frames.slice(0, 6));
    expect(watch(10_000, { ...plan, seed: 2 }).frames).not.toEqual(frames.slice(0, 6));
  });

  it.each(graphKinds)('begins with any graph: %s', (graph) => {
    expect(new Stage({ ...plan, graph }).frame().links.length).toBeGreaterThan(10);
  });

  it('has a sentence for everything that happens, in both languages, without a gap left open', () => {
    for (const { kind } of happenings) {
      const key: TextKey = `watch.event.${kind}`;
      expect(en[key].match(/\{\w+\}/g)).toEqual(expect.arrayContaining(['{who}']));
      expect([...(de[key].match(/\{\w+\}/g) ?? [])].sort()).toEqual(
        [...(en[key].match(/\{\w+\}/g) ?? [])].sort(),
      );
    }
  });

  it('calls every document differently', () => {
    const titles = Array.from({ length: 1_000 }, (_, number) =>
      titleOf({ number, kind: number % 5 }),
    );
    expect(new Set(titles).size).toBe(1_000);
  });
});
