import { describe, expect, it } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import { Names } from './names.ts';
import { UsageError } from './output.ts';

const [alice, bob, other, stranger] = [1, 2, 3, 4].map(testPeerId) as [
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
  ReturnType<typeof testPeerId>,
];
const names = new Names(
  [
    { peer: alice, name: 'Alice' },
    { peer: bob, name: 'Bob' },
    { peer: other, name: 'bob' },
  ],
  [
    { currency: alice, name: 'Alice coins', symbol: 'ALC', decimals: 2 },
    { currency: bob, decimals: 0 },
  ],
);

describe('names on the command line', () => {
  it('finds a peer by its name, in any case, by its id and by the beginning of it', () => {
    for (const text of ['Alice', 'ALICE', alice, alice.slice(0, 12)]) {
      expect(names.peer(text)).toBe(alice);
    }
  });

  it('prefers the exact name to one in another case', () => {
    expect(names.peer('Bob')).toBe(bob);
    expect(names.peer('bob')).toBe(other);
  });

  it('takes nobody who names himself so for one that the person chose', () => {
    const one = { peer: bob, name: 'Bob', chosen: true };
    const known = new Names(
      [one, { peer: other, name: 'bob' }, { peer: stranger, name: 'Bob' }],
      [],
    );
    for (const text of ['Bob', 'bob', 'BOB', bob.slice(0, 12)]) expect(known.peer(text)).toBe(bob);
    expect(known.newcomer('bob')).toBe(other);
    expect(known.newcomer('Bob')).toBe(stranger);
    const short = bob.slice(0, 12);
    expect(new Names([one, { peer: other, name: short }], []).peer(short)).toBe(bob);
    const notChosen = [
      { peer: bob, name: 'x' },
      { peer: other, name: short },
    ];
    expect(() => new Names(notChosen, []).peer(short)).toThrow(UsageError);
  });

  it('finds newcomers, and the chosen among them, by what names they alone have', () => {
    const one = { peer: bob, name: 'Bob', chosen: true };
    const known = new Names([one, { peer: other, name: 'Carol' }], []);
    expect([known.peer('carol'), known.newcomer('bob')]).toEqual([other, bob]);
  });

  it('writes who was a neighbor once by its name, and calls nobody so', () => {
    const later = new Names([], [], [], [{ peer: bob, name: 'Bob' }]);
    expect(later.nameOf(bob)).toBe('Bob');
    expect(() => later.peer('Bob')).toThrow(UsageError);
  });

  it('takes no name that fits several, and none that fits nobody', () => {
    expect(() => names.peer('BOB')).toThrow(UsageError);
    expect(() => names.peer('z6Mk')).toThrow(UsageError);
    expect(() => names.peer('carol')).toThrow(UsageError);
  });

  it('takes the full id of a peer that nobody knows', () => {
    expect(names.peer(stranger)).toBe(stranger);
  });

  it('finds a currency by symbol, name and id', () => {
    for (const text of ['ALC', 'alc', 'alice coins', alice]) {
      expect(names.currency(text)).toBe(alice);
    }
    expect(() => names.currency('EUR')).toThrow(/It has: ALC/);
  });

  it('needs no currency said where there is one only', () => {
    const single = new Names([], [{ currency: alice, symbol: 'ALC', decimals: 2 }]);
    expect(single.currency(undefined)).toBe(alice);
    expect(() => names.currency(undefined)).toThrow(/--currency/);
    expect(() => new Names([], []).currency(undefined)).toThrow(/no currency/);
  });

  it('shows amounts of a currency whose terms are not known yet in its units', () => {
    expect(names.amount(5, alice)).toBe('0.05 ALC');
    expect(names.amount(5, bob)).toBe(`5 ${bob.slice(0, 12)}`);
  });
});
