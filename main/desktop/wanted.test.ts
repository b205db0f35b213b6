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
    expect(openedBy(['/opt/souk', '--hidden', 'souk://card/x'])).toEqual({ link: 'souk://card/x' });
    expect(openedBy(['souk.exe', 'C:\\Users\\a\\Bob.SOUK'])).toEqual({
      file: 'C:\\Users\\a\\Bob.SOUK',
    });
    expect(openedBy(['/home/a/x.souk', '--flag', 'notes.txt'])).toBeUndefined();
  });
});
