import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inviteIn, openedBy } from './wanted.ts';

const jws = 'eyJhbGci.eyJpc3Mi.c2ln-_0';

describe('an invite', () => {
  it('is read from a link, with or without the slash that systems add, and from a card alone', () => {
    const invite = { kind: 'invite', invite: `souk://card/${jws}` };
    expect(inviteIn(`souk://card/${jws}`)).toEqual(invite);
    expect(inviteIn(`souk://card/${jws}/`)).toEqual(invite);
    expect(inviteIn(`  ${jws}\r\n`)).toEqual(invite);
  });

  it.each([
    'souk://pay/alice/100',
    `souk://card/${jws}?add=now`,
    `souk://card/${jws}#x`,
    `souk://card/../${jws}`,
    `SOUK://card/${jws}`,
    `https://example.org/souk://card/${jws}`,
    'souk://card/one.two',
    'souk://card/',
    '',
    `souk://card/${'a'.repeat(8_192)}.b.c`,
  ])('is not found in %j', (text) => {
    expect(inviteIn(text)).toBeUndefined();
  });

  it('holds nothing but a card, whatever the text was', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const wanted = inviteIn(`souk://card/${text}`);
        const invite = wanted?.kind === 'invite' ? wanted.invite : 'souk://card/a.b.c';
        expect(invite).toMatch(/^souk:\/\/card\/[\w-]+\.[\w-]+\.[\w-]+$/);
      }),
    );
  });
});

describe('a command line', () => {
  it('names a link or a file; the program and its switches are none', () => {
    const here = resolve('/home/a');
    expect(openedBy(['/opt/souk', '--hidden', 'souk://card/x'], here)).toEqual({
      link: 'souk://card/x',
    });
    const file = resolve('/home/b/Bob.SOUK');
    expect(openedBy(['/opt/souk', file], here)).toEqual({ file });
    expect(openedBy(['/home/a/x.souk', '--flag', 'notes.txt'], here)).toBeUndefined();
  });

  it('means a file of the folder that it was written in, not of that where Souk runs already', () => {
    const there = resolve('/home/b/invites');
    expect(openedBy(['/opt/souk', '../bob.souk'], there)).toEqual({
      file: resolve('/home/b/bob.souk'),
    });
  });
});
