import { describe, expect, it } from 'vitest';
import { note } from '../../src/protocol/fields.ts';
import { keptText, peerNames } from './peer-names.ts';

const named = (name: string, key: string) => ({ name, peer: `z6Mk${key}…and many letters more` });
const alice = named('Alice', 'aaaaaa');
const bob = named('Bob', 'bbbbbb');

describe('the names of peers', () => {
  it('are those of the own lists, and the beginning of the key where a peer is on none', () => {
    const names = peerNames(alice, [bob], []);
    expect(names.of(bob.peer)).toBe('Bob');
    expect(names.of('z6MkfghijkLMNOPQRSTUVW')).toBe('fghijk…TUVW');
  });

  it('carry the key where they look alike, also like the own one', () => {
    const twin = named('B0b', 'cccccc');
    const double = named('Аlice', 'dddddd');
    const names = peerNames(alice, [bob, twin, double], []);
    expect([bob, twin, double].map(({ peer }) => names.of(peer))).toEqual([
      '\u2068Bob\u2069 (bbbbbb…)',
      '\u2068B0b\u2069 (cccccc…)',
      '\u2068Аlice\u2069 (dddddd…)',
    ]);
  });

  it('carry the key where a peer only says them of itself', () => {
    const carol = named('Carol', 'eeeeee');
    expect(peerNames(alice, [bob], [carol]).of(carol.peer)).toBe('\u2068Carol\u2069 (eeeeee…)');
    expect(peerNames(alice, [carol], [carol]).of(carol.peer)).toBe('Carol');
  });

  it('stay with who was taken off the lists, with the key where somebody else has the name', () => {
    const [carol, twin, other] = [named('Carol', 'c1'), named('Bob', 'c2'), named('Carol', 'c3')];
    expect(peerNames(alice, [bob], [], [carol]).of(carol.peer)).toBe('Carol');
    const names = peerNames(alice, [bob], [], [carol, twin, other]);
    expect(names.of(bob.peer)).toBe('Bob');
    expect([carol, twin, other].map(({ peer }) => names.of(peer))).toEqual([
      expect.stringContaining('Carol\u2069 (c1'),
      expect.stringContaining('Bob\u2069 (c2'),
      expect.stringContaining('Carol\u2069 (c3'),
    ]);
    expect(peerNames(alice, [carol], [], [carol]).of(carol.peer)).toBe('Carol');
  });

  it('tell whom a newcomer would be taken for', () => {
    const names = peerNames(alice, [bob], []);
    expect(names.likeOf(named('ALICE', 'ffffff'))).toBe(alice);
    expect(names.likeOf(bob)).toBeUndefined();
    expect(names.likeOf(named('Dave', 'gggggg'))).toBeUndefined();
  });
});

it('stand in texts that a peer keeps without the marks that only a screen needs', () => {
  const names = peerNames(alice, [], [], [bob, named('Bob', 'cccccc')]);
  const reason = keptText(`Met through ${names.of(bob.peer)}.`, 500);
  expect(reason).toBe('Met through Bob (bbbbbb…).');
  expect(note.safeParse(reason).success).toBe(true);
  expect(note.safeParse(keptText(`${'x'.repeat(499)}\u{1f9ed}`, 500)).success).toBe(true);
});
