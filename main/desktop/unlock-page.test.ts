import { describe, expect, it } from 'vitest';
import { answerPage } from './page-answers.ts';
import { textsFor } from './texts/index.ts';
import { readUnlockForm, unlockPage } from './unlock-page.ts';

const sent = (form: Record<string, string>) =>
  new Request('app://passphrase/', { method: 'POST', body: new URLSearchParams(form) });

describe('the page that asks for a passphrase', () => {
  it('runs no script, loads nothing and sends its form to this program only', async () => {
    const view = { why: 'sealed', refused: false, rememberable: true } as const;
    const page = unlockPage(view, textsFor('en'));
    const policy = page.headers.get('content-security-policy');
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'nonce-[\w+/=]{24}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    const html = await page.text();
    expect(html).not.toMatch(/<script|https?:|url\(/);
    expect(html).toContain('type="password"');
    expect(html).not.toContain('name="again"');
  });

  it('takes a passphrase as it was typed', async () => {
    expect(await readUnlockForm(sent({ passphrase: ' ä+b&c ', remember: 'on' }), 'sealed')).toEqual(
      {
        passphrase: ' ä+b&c ',
        remember: true,
      },
    );
  });

  it('takes a new one only where it is long enough and the same twice', async () => {
    const read = (passphrase: string, again: string) =>
      readUnlockForm(sent({ passphrase, again }), 'new');
    expect(await read('long enough', 'long enough')).toMatchObject({ remember: false });
    expect(await read('long enough', 'long  enough')).toBeUndefined();
    expect(await read('short', 'short')).toBeUndefined();
    expect(await readUnlockForm(sent({ passphrase: '' }), 'sealed')).toBeUndefined();
    expect(await readUnlockForm(sent({ passphrase: 'x'.repeat(9_000) }), 'sealed')).toBeUndefined();
  });
});

describe('the scheme of the screen', () => {
  const files = {
    find: (path: string) =>
      path === '/' ? { content: Buffer.from('page'), headers: { 'x-one': 1 } } : undefined,
  };

  it('answers what is there, with its headers', async () => {
    const answer = answerPage(files, new Request('app://souk/?x#y'));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('x-one')).toBe('1');
    expect(await answer.text()).toBe('page');
  });

  it('has nothing else, and takes nothing', () => {
    expect(answerPage(files, new Request('app://souk/../etc/passwd')).status).toBe(404);
    expect(
      answerPage(files, new Request('app://souk/', { method: 'POST', body: 'x' })).status,
    ).toBe(405);
  });
});
