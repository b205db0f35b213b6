import { describe, expect, it } from 'vitest';
import { flood, walk } from './baselines.ts';
import { type Graph, makeGraph } from './graphs.ts';
import { Random } from './random.ts';

/** 0 – 1 – 2 – 3, and 1 – 3: a triangle with a handle. */
const small: Graph = { neighbors: [[1], [0, 2, 3], [1, 3], [1, 2]] };
const nobody = () => false;

describe('Flooding', () => {
  it('counts every copy of the query, repeats too', () => {
    expect(flood(small, 0, nobody, 1)).toEqual({ messages: 1, found: false, reached: 1 });
    expect(flood(small, 0, nobody, 2)).toEqual({ messages: 3, found: false, reached: 3 });
    // 2 and 3 ask each other, in vain.
    expect(flood(small, 0, nobody, 3)).toEqual({ messages: 5, found: false, reached: 3 });
    expect(flood(small, 0, nobody, 9)).toEqual({ messages: 5, found: false, reached: 3 });
  });

  it('finds what is within its hops, and does not stop for it', () => {
    expect(flood(small, 0, (peer) => peer === 3, 1).found).toBe(false);
    expect(flood(small, 0, (peer) => peer === 3, 2).found).toBe(true);
    expect(flood(small, 0, (peer) => peer === 1, 3)).toEqual({
      messages: 5,
      found: true,
      reached: 3,
    });
  });

  it('reaches everybody in the end, for the degrees less the tree', () => {
    const graph = makeGraph({ kind: 'random-regular', degree: 4 }, 500, new Random(1));
    const { messages, reached } = flood(graph, 7, nobody, 20);
    expect(reached).toBe(499);
    // Everybody sends to all but one, the first to all.
    expect(messages).toBe(500 * 3 + 1);
  });
});

describe('Random walks', () => {
  const graph = makeGraph({ kind: 'random-regular', degree: 4 }, 500, new Random(1));

  it('cost a message a step and one for each question whether to stop', () => {
    const { messages, found } = walk(graph, 0, nobody, { walkers: 8, stepsMax: 12 }, new Random(1));
    expect({ messages, found }).toEqual({ messages: 8 * 12 + 8 * 3, found: false });
  });

  it('end soon after the document is found', () => {
    const ways = { walkers: 8, stepsMax: 1_000 };
    const all = walk(graph, 0, () => true, ways, new Random(1));
    expect(all).toMatchObject({ messages: 8, found: true });
    const rare = walk(graph, 0, (peer) => peer % 50 === 1, ways, new Random(1));
    expect(rare.found).toBe(true);
    expect(rare.messages).toBeLessThan(8 * 100);
  });

  it('do not turn back where there is another way', () => {
    const line: Graph = { neighbors: [[1], [0, 2], [1, 3], [2]] };
    const { found, reached } = walk(
      line,
      0,
      (peer) => peer === 3,
      { walkers: 1, stepsMax: 3 },
      new Random(1),
    );
    expect({ found, reached }).toEqual({ found: true, reached: 3 });
  });

  it('are the same again from the same seed', () => {
    const once = (seed: number) =>
      walk(graph, 0, (peer) => peer % 40 === 1, { walkers: 4, stepsMax: 64 }, new Random(seed));
    expect(once(5)).toEqual(once(5));
  });
});
