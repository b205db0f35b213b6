import { describe, expect, it } from 'vitest';
import { externalAddress, isOwnPage, mayNavigate } from './external-links.ts';
import { isOpenable } from './openable.ts';

describe('a link of a page', () => {
  it('goes to the browser where it is plain https', () => {
    expect(externalAddress('https://example.org/a?b#c')).toBe('https://example.org/a?b#c');
  });

  it.each([
    'http://example.org/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'smb://host/share',
    'ms-msdt:/id',
    'souk://card/a.b.c',
    'https://bank.example@evil.example/',
    'https://',
    'example.org',
    `https://example.org/${'a'.repeat(3_000)}`,
  ])('is dropped where it is %s', (url) => {
    expect(externalAddress(url)).toBeUndefined();
  });
});

describe('a page', () => {
  it('is ours by scheme and host, whatever else looks like it', () => {
    expect(isOwnPage('app://souk/')).toBe(true);
    expect(isOwnPage('app://souk/#/search')).toBe(true);
    for (const other of [
      'app://souk.evil/',
      'app://evil/souk',
      'app://a@souk/',
      'https://souk/',
      '',
    ]) {
      expect(isOwnPage(other), other).toBe(false);
    }
  });

  it('goes nowhere but to itself', () => {
    expect(mayNavigate('app://souk/', 'app://souk/')).toBe(true);
    expect(mayNavigate('app://passphrase/', 'app://passphrase/')).toBe(true);
    expect(mayNavigate('app://souk/', 'app://passphrase/')).toBe(false);
    expect(mayNavigate('app://souk/', 'app://souk/assets/x.js')).toBe(false);
    expect(mayNavigate('app://souk/', 'https://example.org/')).toBe(false);
    expect(mayNavigate('app://souk/', 'file:///etc/passwd')).toBe(false);
  });
});

describe('a document', () => {
  it('is opened where a viewer shows its kind, and no program ever', () => {
    for (const safe of ['/d/a.pdf', '/d/a.EPUB', '/d/tide.csv'])
      expect(isOpenable(safe)).toBe(true);
    const unsafe = [
      'a.exe',
      'a.pdf.sh',
      'a.desktop',
      'a.html',
      'a.svg',
      'a.jar',
      'a',
      'a.docm',
      'a.lnk',
    ];
    for (const name of unsafe) expect(isOpenable(`/d/${name}`), name).toBe(false);
  });
});
