import { describe, expect, it } from 'vitest';
import { testContext, testPeerId } from '../kernel/test-context.ts';
import { hitRatesPerPeerMax } from '../limits.ts';
import { hitChances, learnAnswer, learnBid, learnedOf } from './hit-rates.ts';

const [bob, carol] = [testPeerId(1), testPeerId(2)];
const weekMs = 7 * 24 * 60 * 60_000;

describe('what a peer learns of where to ask', () => {
  const world = () => {
    const context = testContext();
    return {
      context,
      answer: (text: string, hit: boolean, peer = bob) =>
        context.run((ctx) => learnAnswer(ctx, peer, { text }, hit)),
      bid: (title: string, mediaType = 'text/plain') =>
        context.run((ctx) => learnBid(ctx, bob, { text: 'x' }, { title, mediaType })),
      chance: (text: string, mediaType?: string, peer = bob) =>
        context.run((ctx) => hitChances(ctx, { text, ...(mediaType && { mediaType }) })(peer)),
    };
  };

  it('is one hit in two before anything was asked', () => {
    expect(world().chance('tide tables')).toBe(0.5);
  });

  it('is apart for each word: a neighbor that is good for one need not be for another', () => {
    const { answer, chance } = world();
    for (let n = 0; n < 10; n++) {
      answer('tide tables', true);
      answer('star maps', false);
    }
    expect(chance('tide tables')).toBeGreaterThan(0.9);
    expect(chance('star maps')).toBeLessThan(0.1);
    expect(chance('something else')).toBeCloseTo(0.5, 1);
    expect(chance('tide maps')).toBeGreaterThan(0.3);
    expect(chance('tide maps')).toBeLessThan(0.7);
  });

  it('is apart for each neighbor', () => {
    const { answer, chance } = world();
    answer('tide tables', true);
    answer('tide tables', false, carol);
    expect(chance('tide tables')).toBeGreaterThan(0.6);
    expect(chance('tide tables', undefined, carol)).toBeLessThan(0.4);
  });

  it('comes from the titles and kinds of bids as well', () => {
    const { bid, chance } = world();
    for (let n = 0; n < 5; n++) bid('Northern lights, a guide', 'audio/mpeg');
    expect(chance('lights')).toBeGreaterThan(0.8);
    expect(chance('anything', 'audio/ogg')).toBeGreaterThan(0.7);
    expect(chance('anything', 'video/mp4')).toBe(0.5);
  });

  it('grows old: after long it is what it was before anything was asked', () => {
    const { context, answer, chance } = world();
    for (let n = 0; n < 8; n++) answer('star maps', false);
    const fresh = chance('star maps');
    context.now += weekMs;
    const later = chance('star maps');
    context.now += 20 * weekMs;
    expect(fresh).toBeLessThan(later);
    expect(chance('star maps')).toBeCloseTo(0.5, 3);
  });

  it('takes bounded space, and keeps what was a hit when strangers ask for random words', () => {
    const { context, answer, chance } = world();
    for (let n = 0; n < 10; n++) answer('tide', true);
    const asked = Array.from({ length: hitRatesPerPeerMax / 2 }, (_, n) => n);
    for (const n of asked) {
      context.now += 1_000;
      answer(`a${n} b${n} c${n} d${n}`, false);
    }
    const learned = context.run((ctx) => learnedOf(ctx, bob, 10));
    expect(learned.traits).toMatchObject([{ about: { about: 'word', value: 'tide' } }]);
    expect(chance('tide')).toBeGreaterThan(0.7);
    const kept = asked.filter((n) => chance(`a${n}`) !== chance('never asked'));
    expect(kept.at(-1)).toBe(asked.at(-1));
    expect(kept.length).toBeLessThanOrEqual(hitRatesPerPeerMax / 4);
    expect(kept.length).toBeGreaterThan(hitRatesPerPeerMax / 4 - 4);
  });

  it('costs a scan for each word of a question, however many neighbors there are', () => {
    const { context, answer } = world();
    for (let n = 1; n <= 60; n++) answer('tide tables', true, testPeerId(n));
    let scans = 0;
    let reads = 0;
    context.run((ctx) => {
      const tx: typeof ctx.tx = {
        ...ctx.tx,
        scan: (of, scan) => {
          scans += 1;
          expect(scan?.prefix).toHaveLength(1);
          return ctx.tx.scan(of, scan);
        },
        get: (of, ...key) => {
          reads += 1;
          return ctx.tx.get(of, ...key);
        },
      };
      const chance = hitChances({ ...ctx, tx }, { text: 'tide tables', mediaType: 'text/plain' });
      for (let n = 1; n <= 60; n++) chance(testPeerId(n));
    });
    expect([scans, reads]).toEqual([4, 0]);
  });
});
