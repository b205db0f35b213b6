import { base64urlnopad } from '@scure/base';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { peerIdOf } from '../identity/index.ts';
import {
  amountField,
  asLine,
  bytes32,
  documentId,
  endpoint,
  feeSchedule,
  label,
  line,
  mediaType,
  peerId,
  positiveAmount,
  query,
  randomId,
  transactionId,
  unixSeconds,
} from './fields.ts';

const takes = (schema: z.ZodType, ...values: unknown[]) => {
  for (const value of values)
    expect([value, schema.safeParse(value).success]).toEqual([value, true]);
};
const refuses = (schema: z.ZodType, ...values: unknown[]) => {
  for (const value of values) {
    expect([value, schema.safeParse(value).success]).toEqual([value, false]);
  }
};
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });

describe('A time on the wire', () => {
  it('is a date that every program can show', () => {
    takes(unixSeconds, 0, 253_402_300_799);
    refuses(unixSeconds, -1, 1.5, 253_402_300_800, Number.MAX_SAFE_INTEGER);
  });
});

describe('An amount on the wire', () => {
  it('is a whole JSON number from 0 to 2^53 − 1, and nothing that merely looks like one', () => {
    takes(amountField, 0, 1, Number.MAX_SAFE_INTEGER);
    refuses(
      amountField,
      -1,
      0.5,
      2 ** 53,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      '1',
      1n,
      null,
      true,
    );
    takes(positiveAmount, 1, Number.MAX_SAFE_INTEGER);
    refuses(positiveAmount, 0, -1, 1.5);
  });

  it('is refused for every number that is not a safe whole one', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        const expected = Number.isSafeInteger(value) && value >= 0;
        expect(amountField.safeParse(value).success).toBe(expected);
      }),
    );
  });
});

describe('Ids and keys on the wire', () => {
  it('are taken for any bytes of their length, in the one way base64url writes them', () => {
    fc.assert(
      fc.property(bytes(16), bytes(32), (id, key) => {
        takes(randomId, base64urlnopad.encode(id));
        takes(bytes32, base64urlnopad.encode(key));
      }),
    );
  });

  it('are refused where two texts would stand for the same bytes', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'];
    const ids = characters.filter((last) => randomId.safeParse('A'.repeat(21) + last).success);
    const keys = characters.filter((last) => bytes32.safeParse('A'.repeat(42) + last).success);
    expect(ids).toHaveLength(4);
    expect(keys).toHaveLength(16);
    for (const last of ids) expect(base64urlnopad.decode('A'.repeat(21) + last)).toHaveLength(16);
    for (const last of keys) expect(base64urlnopad.decode('A'.repeat(42) + last)).toHaveLength(32);
  });

  it('are refused in another length or alphabet', () => {
    refuses(randomId, '', 'A'.repeat(21), 'A'.repeat(23), `${'A'.repeat(22)}\n`, '+'.repeat(22));
    refuses(bytes32, '', 'A'.repeat(42), 'A'.repeat(44), `${'A'.repeat(42)}=`, 5, null);
    refuses(documentId, `b3-${'a'.repeat(51)}`, `b3-${'A'.repeat(52)}`, `b3-${'1'.repeat(52)}`);
    takes(documentId, `b3-${'a'.repeat(52)}`);
  });

  it('of peers are texts of true keys', () => {
    fc.assert(fc.property(bytes(32), (key) => takes(peerId, peerIdOf(key))));
    refuses(peerId, 'z6Mk', `z6Mk${'1'.repeat(44)}`, '', 5);
  });
});

describe('An endpoint', () => {
  it('is https, a host and a port, and nothing else', () => {
    takes(endpoint, 'https://a.example:1', 'https://10.0.0.1:7685', 'https://[::1]:7685');
    refuses(
      endpoint,
      'http://a.example:1',
      'https://a.example',
      'https://a.example:1/',
      'https://user@a.example:1',
      'https://a.example:1?x',
      'https://a.example:1\n',
      'https://a b:1',
      'https://ä.example:1',
      'https://a.example:123456',
      `https://${'a'.repeat(260)}:1`,
      'javascript:alert(1)',
    );
  });
});

describe('A line of text', () => {
  it('holds no characters that could hide or turn round what a person reads', () => {
    takes(line(20), '', 'plain', 'Grüße, 世界 🎈');
    for (const bad of ['\n', '\r', '\0', '\x1b', '\x7f', '\u0085', '\u2028', '\u202e', '\u2066']) {
      refuses(line(20), `a${bad}b`);
    }
    refuses(line(3), 'four');
  });

  it('is counted in whole characters, and holds no halves that other programs cannot read', () => {
    takes(line(3), '🎈🎈🎈', '世界!');
    refuses(line(3), '🎈🎈🎈🎈', 'e\u0301e\u0301');
    refuses(line(20), 'a\ud83c', '\udf88b');
    expect(asLine('ab🎈', 3)).toBe('ab\ufffd');
    takes(line(3), asLine('ab🎈', 3));
  });
});

describe('A name, a title, a symbol', () => {
  it('shows something, in whatever script', () => {
    takes(label(20), 'Ada', 'عائشة', '世界', '🎈', '?', 'e\u0301', 'نمی\u200cدانم', '👩\u200d🌾');
  });

  it('is not made of what nobody can see', () => {
    refuses(
      label(20),
      '',
      ' ',
      '\u00a0\u2003',
      '\u200b',
      '\u2060\ufeff',
      '\u200d\u200c',
      '\u3164',
      '\u115f',
    );
    refuses(label(20), '\u2800', '\u00ad', '\u0301', '\ufe0f', '\u{e0041}', '\ud800');
    fc.assert(
      fc.property(fc.array(fc.constantFrom(' ', '\u200b', '\u2800', '\u0301', '\u3164')), (parts) =>
        refuses(label(200), parts.join('')),
      ),
    );
  });
});

describe('A query', () => {
  it('seeks words or one document, not both and not nothing', () => {
    const id = `b3-${'a'.repeat(52)}`;
    takes(query, { text: 'x' }, { documentId: id }, { text: 'x', minSize: 1, maxSize: 2 });
    refuses(
      query,
      {},
      { text: '' },
      { text: 'x', documentId: id },
      { text: 'x', more: 1 },
      null,
      [],
    );
    refuses(query, { text: 'x'.repeat(257) }, { text: 'x', maxSize: 2 ** 40 + 1 });
  });
});

describe('Other fields', () => {
  it('are as narrow as their purpose', () => {
    takes(mediaType, 'text/plain', 'application/epub+zip');
    refuses(mediaType, 'text', 'text/', 'Text/Plain', 'text/plain; charset=x', '../x');
    takes(transactionId, 'x', '~!'.repeat(32));
    refuses(transactionId, '', 'a b', 'ä', 'x'.repeat(65), 'a\n');
    takes(feeSchedule, { flat: 0, perMillion: 5 });
    refuses(
      feeSchedule,
      { flat: 0 },
      { flat: 0, perMillion: 5, more: 1 },
      { flat: -1, perMillion: 0 },
    );
  });
});
