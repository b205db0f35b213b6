import { describe, expect, it } from 'vitest';
import { PathTokens } from './path-tokens.ts';

describe('a path token', () => {
  it('gives its path once, and tells the page the last part only', () => {
    const tokens = new PathTokens(() => 0);
    const { token, label } = tokens.give('/home/amira/Books', 'folder');
    expect(label).toBe('Books');
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(tokens.take(token, 'folder')).toBe('/home/amira/Books');
    expect(tokens.take(token, 'folder')).toBeUndefined();
  });

  it('is worth nothing for another use, and stays good for its own', () => {
    const tokens = new PathTokens(() => 0);
    const { token } = tokens.give('/home/amira/Books', 'folder');
    expect(tokens.take(token, 'save')).toBeUndefined();
    expect(tokens.take(token, 'folder')).toBe('/home/amira/Books');
  });

  it('expires after ten minutes', () => {
    let now = 0;
    const tokens = new PathTokens(() => now);
    const early = tokens.give('/a', 'save').token;
    const late = tokens.give('/b', 'save').token;
    now = 10 * 60_000 - 1;
    expect(tokens.take(early, 'save')).toBe('/a');
    now += 1;
    expect(tokens.take(late, 'save')).toBeUndefined();
  });

  it('makes room for newer ones: at most 32 are open', () => {
    const tokens = new PathTokens(() => 0);
    const given = Array.from({ length: 40 }, (_, n) => tokens.give(`/${n}`, 'save').token);
    const open = given.filter((token) => tokens.take(token, 'save') !== undefined);
    expect(open).toEqual(given.slice(-32));
  });

  it('cannot be guessed from another', () => {
    const tokens = new PathTokens(() => 0);
    const given = Array.from({ length: 100 }, () => tokens.give('/a', 'save').token);
    expect(new Set(given).size).toBe(100);
  });
});
