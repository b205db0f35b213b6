import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collection, type KeyPart } from './collection.ts';
import type { OpenStore } from './opened-store.suite.ts';
import type { Scan, Transaction } from './store.ts';

interface Thing {
  readonly a: KeyPart;
  readonly b: KeyPart;
  readonly c?: KeyPart;
  readonly d?: KeyPart;
}
const things = collection<Thing>()('things', ['a', 'b'], {
  c: ['c'],
  dc: ['d', 'c'],
  ba: ['b', 'a'],
});
const orders: Readonly<Record<string, readonly (keyof Thing)[]>> = {
  key: ['a', 'b'],
  c: ['c', 'a', 'b'],
  dc: ['d', 'c', 'a', 'b'],
  ba: ['b', 'a', 'a', 'b'],
};

type Step =
  | { readonly do: 'put'; readonly thing: Thing }
  | { readonly do: 'remove' | 'get'; readonly key: readonly [KeyPart, KeyPart] }
  | { readonly do: 'scan'; readonly scan: Scan };
interface Part {
  readonly steps: readonly Step[];
  readonly fails: boolean;
}

/** A list that is filtered and sorted for every scan: slow, and too simple to be wrong. */
class Model {
  things: readonly Thing[] = [];

  take(step: Step): unknown {
    switch (step.do) {
      case 'put':
        this.#drop([step.thing.a, step.thing.b]);
        this.things = [...this.things, step.thing];
        return undefined;
      case 'remove':
        return this.#drop(step.key);
      case 'get':
        return this.things.find(({ a, b }) => a === step.key[0] && b === step.key[1]);
      case 'scan':
        return this.#scan(step.scan);
    }
  }

  #drop(key: readonly [KeyPart, KeyPart]): undefined {
    this.things = this.things.filter(({ a, b }) => a !== key[0] || b !== key[1]);
  }

  #scan({ by = 'key', prefix = [], from, after, to, descending, limit }: Scan): readonly Thing[] {
    const order = orders[by]!;
    const next = order[prefix.length];
    const bounded = [from, after, to].some((bound) => bound !== undefined);
    const list = this.things
      .filter((thing) => order.every((field) => thing[field] !== undefined))
      .filter((thing) => prefix.every((part, i) => thing[order[i]!] === part))
      .filter((thing) => {
        if (!bounded) return true;
        const value = thing[next!]!;
        if (to !== undefined && compare(value, to) > 0) return false;
        if (after !== undefined) return compare(value, after) > 0;
        return from === undefined || compare(value, from) >= 0;
      })
      .toSorted((x, y) => {
        const field = order.find((name) => x[name] !== y[name]);
        return field === undefined ? 0 : compare(x[field]!, y[field]!);
      });
    return (descending ? list.toReversed() : list).slice(0, limit);
  }
}

function compare(x: KeyPart, y: KeyPart): number {
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  if (typeof x === 'string' && typeof y === 'string') {
    return Buffer.compare(Buffer.from(x), Buffer.from(y));
  }
  return typeof x === 'number' ? -1 : 1;
}

// Few values, so that keys meet; with neighbors in every order that could be mistaken for ours.
const part = fc.constantFrom<KeyPart>(-1, 0, 2, 10, '', '0', '10', '2', 'a', 'aa', '\ufffd', '😀');
const thing = fc.record({ a: part, b: part, c: part, d: part }, { requiredKeys: ['a', 'b'] });
const bound = fc.option(part, { nil: undefined });
const scan: fc.Arbitrary<Scan> = fc
  .record({
    by: fc.constantFrom('key', 'c', 'dc', 'ba'),
    parts: fc.array(part, { maxLength: 3 }),
    ends: fc.record({ from: bound, after: bound, to: bound }),
    descending: fc.boolean(),
    limit: fc.option(fc.nat({ max: 5 }), { nil: undefined }),
  })
  .map(({ by, parts, ends, descending, limit }) => ({
    ...(by === 'key' ? {} : { by }),
    prefix: parts.slice(0, orders[by]!.length - 1),
    ...Object.fromEntries(Object.entries(ends).filter(([, end]) => end !== undefined)),
    descending,
    ...(limit === undefined ? {} : { limit }),
  }));
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: thing.map((it) => ({ do: 'put' as const, thing: it })) },
  {
    weight: 1,
    arbitrary: fc.tuple(part, part).map((key) => ({ do: 'remove' as const, key })),
  },
  { weight: 1, arbitrary: fc.tuple(part, part).map((key) => ({ do: 'get' as const, key })) },
  { weight: 3, arbitrary: scan.map((it) => ({ do: 'scan' as const, scan: it })) },
);
const partOfBatch: fc.Arbitrary<Part> = fc.record({
  steps: fc.array(step, { maxLength: 12 }),
  fails: fc.boolean(),
});
const batches = fc.array(
  fc.record({ parts: fc.array(partOfBatch, { maxLength: 3 }), fails: fc.boolean() }),
  { minLength: 1, maxLength: 6 },
);

class Planned extends Error {}

/** Runs random batches, some of whose parts fail, on the store and on a simple model. */
export function storeModelSuite(name: string, open: OpenStore): void {
  describe(`${name} beside a model`, () => {
    it('answers every read as the model does, whatever failed before', async () => {
      await fc.assert(
        fc.asyncProperty(batches, async (plan) => {
          const { store, close } = await open();
          const model = new Model();
          try {
            for (const batch of plan) {
              const before = model.things;
              const committed = attempt(() =>
                store.batch((run) => {
                  for (const one of batch.parts) takePart(one, run, model);
                  if (batch.fails) throw new Planned();
                }),
              );
              expect(committed).toBe(!batch.fails);
              if (!committed) model.things = before;
            }
            for (const by of ['key', 'c', 'dc', 'ba']) {
              const whole: Step = { do: 'scan', scan: by === 'key' ? {} : { by } };
              expect(store.transaction((tx) => take(tx, whole))).toEqual(model.take(whole));
            }
          } finally {
            await close();
          }
        }),
        { numRuns: 150 },
      );
    });
  });
}

function takePart(one: Part, run: (work: (tx: Transaction) => void) => void, model: Model): void {
  const before = model.things;
  const done = attempt(() =>
    run((tx) => {
      for (const each of one.steps) expect(take(tx, each)).toEqual(model.take(each));
      if (one.fails) throw new Planned();
    }),
  );
  if (!done) model.things = before;
}

function take(tx: Transaction, step: Step): unknown {
  switch (step.do) {
    case 'put':
      return tx.put(things, step.thing);
    case 'remove':
      return tx.remove(things, ...step.key);
    case 'get':
      return tx.get(things, ...step.key);
    case 'scan':
      return tx.scan(things, step.scan);
  }
}

function attempt(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (error instanceof Planned) return false;
    throw error;
  }
}
