import { describe, expect, it } from 'vitest';
import { acquaintances } from './acquaintances.ts';

const self = { peer: 'a', name: 'Alice' };
const bob = { peer: 'b', name: 'Bob', list: 'primary' } as const;
const throughOf = (people: ReturnType<typeof acquaintances>) =>
  Object.fromEntries(people.map(({ peer, through }) => [peer, through]));

describe('the picture of who was found through whom', () => {
  it('holds oneself, the neighbors and those met by trading', () => {
    const people = acquaintances({
      self,
      neighbors: [bob],
      discoveries: [{ peer: 'd', name: 'Dave', via: 'b' }],
    });
    expect(people.map(({ peer, list }) => [peer, list])).toEqual([
      ['a', 'you'],
      ['b', 'primary'],
      ['d', 'discovered'],
    ]);
    expect(throughOf(people)).toEqual({ a: undefined, b: 'a', d: 'b' });
  });

  it('keeps through whom a neighbor was found that was added after a discovery', () => {
    const people = acquaintances({
      self,
      neighbors: [bob, { peer: 'd', name: 'Dave', list: 'secondary' }],
      discoveries: [{ peer: 'd', name: 'Dave', via: 'b' }],
    });
    expect(people).toHaveLength(3);
    expect(people[2]).toMatchObject({ peer: 'd', list: 'secondary', through: 'b' });
  });

  it('draws nobody to a peer that is not in it, nor to itself', () => {
    const people = acquaintances({
      self,
      neighbors: [],
      discoveries: [
        { peer: 'd', name: 'Dave', via: 'gone' },
        { peer: 'e', name: 'Erin' },
        { peer: 'f', name: 'Frank', via: 'f' },
      ],
    });
    expect(throughOf(people)).toEqual({ a: undefined, d: 'a', e: 'a', f: 'a' });
  });
});
