import { beforeEach, describe, expect, it } from 'vitest';
import type { Amount } from '../amount.ts';
import { testDocument } from '../peer/test-world-library.ts';
import type { Purchase, PurchaseState, Sale, SaleState } from './deals.ts';
import {
  copyDropped,
  dropCopy,
  hasRoom,
  isInUse,
  isOnShelf,
  keptBytes,
  keptCopies,
  makeRoom,
  noteKept,
  resumeDropping,
} from './kept.ts';
import {
  alice,
  carol,
  deal,
  endedSales,
  LoneSeller,
  waitingSales,
  walden,
} from './lone-seller.suite.ts';

const hours = 60 * 60_000;
const days = 24 * hours;
const idOf = (title: string) => testDocument(title).documentId;

describe('the copies that a peer keeps', () => {
  let x: LoneSeller;

  beforeEach(() => {
    x = new LoneSeller();
    setBudget(1_000);
  });

  const run: LoneSeller['world']['run'] = (work) => x.world.run(work);
  const setBudget = (budgetBytes: number) => {
    const { concealment } = x.world.settings;
    x.world.settings = { ...x.world.settings, concealment: { ...concealment, budgetBytes } };
  };
  const purchase = (title: string, at: PurchaseState, change: Partial<Purchase> = {}) =>
    x.putPurchase(at, {
      deal: `${title} bought` as never,
      documentId: idOf(title),
      sizeBytes: 400,
      ...change,
    });
  /** Keeps a copy of 400 bytes, a second later than the one before it. */
  const keep = (...titles: readonly string[]) => {
    for (const title of titles) {
      x.world.now += 1_000;
      const bought = purchase(title, 'delivered', { title });
      run((ctx) => noteKept(ctx, bought, `${title}.txt`));
    }
  };
  const sell = (title: string, at: SaleState, change: Partial<Sale> = {}) =>
    x.put(at, {
      deal: `${title} ${at} ${x.world.now}` as never,
      documentId: idOf(title),
      ...change,
    });
  const titles = () => run((ctx) => keptCopies(ctx).map((copy) => copy.title));
  /** What is being deleted since the effects were last taken. */
  const dropped = () =>
    x.world.takeEffects().flatMap((effect) => (effect.kind === 'drop-copy' ? [effect.place] : []));
  const room = () => {
    x.world.takeEffects();
    run(makeRoom);
    return dropped();
  };
  /** A document of so many bytes is on its way to become a copy. */
  const coming = (title: string, sizeBytes = 400) =>
    purchase(title, 'retrieving', {
      ...{ sizeBytes, purpose: { kind: 'resale', buyer: alice, deal, conceal: true } },
    });

  it('are kept with where they came from, and stand on the shelf until they are dropped', () => {
    x.shelf.set(idOf('one'), { ...walden, documentId: idOf('one') });
    keep('one');
    expect(run(keptCopies)).toEqual([
      {
        ...{ documentId: idOf('one'), title: 'one', mediaType: 'text/plain', sizeBytes: 400 },
        ...{ place: 'one.txt', at: x.world.now, deal: 'one bought', seller: carol, state: 'kept' },
      },
    ]);
    const onShelf = () => run((ctx) => isOnShelf(ctx, idOf('one')));
    expect(onShelf()).toBe(true);
    expect(run((ctx) => isOnShelf(ctx, idOf('two')))).toBe(false);
    run((ctx) => dropCopy(ctx, idOf('one')));
    expect(onShelf()).toBe(false);
    // Another copy of it was deleted, which this one has replaced.
    run((ctx) => copyDropped(ctx, idOf('one'), 'before/one.txt'));
    expect(run(keptCopies)).toHaveLength(1);
    run((ctx) => copyDropped(ctx, idOf('one'), 'one.txt'));
    expect([run(keptCopies), onShelf()]).toEqual([[], true]);
    // After a start it may be deleted, and told, once more.
    run((ctx) => copyDropped(ctx, idOf('one'), 'one.txt'));
    expect(run(keptCopies)).toEqual([]);
  });

  it('go in the order of what they brought lately, and of when they were last used', () => {
    keep('one', 'two', 'three', 'four');
    sell('one', 'delivered');
    sell('two', 'refunded');
    x.world.now += 1;
    sell('four', 'closed');
    sell('four', 'delivered');
    expect(titles()).toEqual(['three', 'two', 'one', 'four']);
    // What was sold more than a month ago counts no more.
    x.world.now += 30 * days - 1;
    expect(titles()).toEqual(['one', 'two', 'three', 'four']);
    x.world.now += 1;
    expect(titles()).toEqual(['one', 'two', 'three', 'four']);
    sell('one', 'delivered');
    expect(titles()).toEqual(['two', 'three', 'four', 'one']);
  });

  it.each([...waitingSales, 'instructed', 'holding', 'claiming', ...endedSales] as const)(
    'are in use while a sale of theirs is %s, or not',
    (at) => {
      const used = () => run((ctx) => isInUse(ctx, idOf('one')));
      sell('one', at);
      expect(used()).toBe(at === 'instructed' || waitingSales.includes(at));
      x.world.now += 24 * hours - 1;
      expect(used()).toBe(at === 'instructed' || waitingSales.includes(at));
      // The key that the buyer has opens nothing any more.
      x.world.now += 1;
      expect(used()).toBe(waitingSales.includes(at));
      expect(run((ctx) => isInUse(ctx, idOf('two')))).toBe(false);
    },
  );

  it('make room for all that is to come, the least worth first, and no more than is needed', () => {
    keep('one', 'two');
    coming('three', 200);
    expect(room()).toEqual([]);
    coming('four', 1);
    expect([room(), room()]).toEqual([['one.txt'], []]);
    setBudget(600);
    expect(room()).toEqual(['two.txt']);
  });

  it('that are in use stay, whatever the budget says', () => {
    keep('one', 'two');
    sell('one', 'instructed');
    setBudget(0);
    expect(room()).toEqual(['two.txt']);
  });

  it('leave room for another where those that are not in use may go', () => {
    const fits = (sizeBytes: number) => run((ctx) => hasRoom(ctx, sizeBytes));
    keep('one', 'two');
    expect([fits(1_000), fits(1_001)]).toEqual([true, false]);
    sell('one', 'buying');
    expect([fits(600), fits(601)]).toEqual([true, false]);
    // What is on its way to be concealed takes room, too; what is passed on, or the person's, does not.
    coming('three');
    purchase('four', 'retrieving', { purpose: { kind: 'resale', buyer: alice, deal } });
    purchase('five', 'retrieving', { purpose: { kind: 'self' } });
    expect([fits(200), fits(201)]).toEqual([true, false]);
    expect(run(keptBytes)).toEqual({ kept: 800, coming: 400 });
  });

  it('are dropped at the person’s wish, but not while a buyer is still to retrieve them', () => {
    const drop = (title: string) => {
      const done = run((ctx) => dropCopy(ctx, idOf(title)));
      return done.ok ? done.value.title : done.error.code;
    };
    keep('one');
    expect(drop('two')).toBe('unknown-document');
    const sale = sell('one', 'instructed', { price: 5 as Amount });
    expect(drop('one')).toBe('document-in-use');
    x.put('delivered', sale);
    expect([drop('one'), dropped()]).toEqual(['one', ['one.txt']]);
  });

  it('that were being deleted are deleted after a start', () => {
    keep('one', 'two');
    run((ctx) => dropCopy(ctx, idOf('two')));
    x.world.takeEffects();
    run((ctx) => resumeDropping(ctx));
    expect(x.world.takeEffects()).toEqual([
      { kind: 'drop-copy', documentId: idOf('two'), place: 'two.txt' },
    ]);
  });
});
