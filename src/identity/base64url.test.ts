import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBytes, decodeText, encodeBytes, encodeText } from './base64url.ts';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const letter = fc.constantFrom(...alphabet);
const anyLetter = fc.constantFrom(...alphabet, '=', '+', '/', ' ', '\n', '\u0000', 'ÿ', 'ł', '😀');
const nearly = fc.oneof(fc.array(letter, { maxLength: 8 }), fc.array(anyLetter, { maxLength: 12 }));
const utf8 = new TextEncoder();

function byTheLibrary(text: string): Uint8Array | undefined {
  try {
    return base64urlnopad.decode(text);
  } catch {
    return undefined;
  }
}

function inUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

describe('base64url', () => {
  it('writes bytes as the library does, and reads them back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = encodeBytes(bytes);
        expect(text).toBe(base64urlnopad.encode(bytes));
        expect(decodeBytes(text)).toEqual(bytes);
      }),
    );
  });

  it('writes texts of every script as their UTF-8, and reads them back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const encoded = encodeText(text);
        expect(encoded).toBe(base64urlnopad.encode(utf8.encode(text)));
        expect(decodeText(encoded)).toBe(text);
      }),
    );
  });

  it('takes just the texts that the library takes: one for the same bytes', () => {
    fc.assert(
      fc.property(nearly, (letters) => {
        const text = letters.join('');
        expect(decodeBytes(text)).toEqual(byTheLibrary(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('takes of the endings that mean the same bytes only the one that is written', () => {
    const taken = (start: string) =>
      [...alphabet].filter((last) => decodeBytes(start + last) !== undefined).join('');
    expect([taken(''), taken('A'), taken('AA')]).toEqual(['', 'AQgw', 'AEIMQUYcgkosw048']);
  });

  it('reads no text from bytes that are no UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 6 }), (bytes) => {
        expect(decodeText(encodeBytes(bytes))).toBe(inUtf8(bytes));
      }),
      { numRuns: 2000 },
    );
  });
});
