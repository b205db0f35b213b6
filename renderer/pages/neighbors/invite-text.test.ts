import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inviteFileName, inviteIn } from './invite-text.ts';

const jws = `${'e'.repeat(30)}.${'p'.repeat(300)}.${'s'.repeat(86)}`;
const link = `souk://card/${jws}`;

describe('an invite that a person pastes', () => {
  it.each([
    ['as it is', link, link],
    ['with spaces and lines around it', `\n  ${link}  \n`, link],
    ['in the middle of a letter', `Hello, here it is: ${link} – see you!`, link],
    ['broken into lines by a mail program', link.replace(/(.{60})/g, '$1\r\n  '), link],
    ['without the scheme', `My card:\n${jws}`, jws],
    ['with something else in it', 'hello', 'hello'],
    ['that is empty', ' \n ', ''],
  ])('is found %s', (_how, text, invite) => {
    expect(inviteIn(text)).toBe(invite);
  });

  it('is never longer than the peer takes', () => {
    expect(inviteIn('x'.repeat(100_000)).length).toBe(8_192);
  });
});

describe("an invite's file", () => {
  it('is named after the person, whatever the name holds', () => {
    expect(inviteFileName('Zoë & Søren')).toBe('Zoë-Søren.souk');
    expect(inviteFileName('../..\\')).toBe('invite.souk');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(inviteFileName(name)).toMatch(/^[\p{L}\p{N}-]+\.souk$/u);
      }),
    );
  });
});
