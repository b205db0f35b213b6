import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePlainJson } from './plain-json.ts';

const whole = fc.nat({ max: Number.MAX_SAFE_INTEGER });
const { value: plainValue } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.oneof(whole, fc.string({ unit: 'binary' }), fc.boolean(), fc.constant(null)),
    fc.array(tie('value')),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value')),
  ),
}));

describe('Plain JSON', () => {
  it('is whatever this program writes, with blanks or without', () => {
    fc.assert(
      fc.property(plainValue, fc.nat(3), (value, blanks) => {
        const text = JSON.stringify(value, undefined, blanks);
        expect(parsePlainJson(text)).toEqual({ value: JSON.parse(text) });
      }),
    );
  });

  it('has each member of an object once, however its name is written', () => {
    const twice = [
      '{"a":1,"a":1}',
      '{"a":1,"b":2,"a":3}',
      '{"a":{"b":[]},"a":1}',
      '[{"x":[{"a":1,"\\u0061":1}]}]',
      '{"a":["a","a"],"":1,"":1}',
    ];
    for (const text of twice) {
      expect([text, parsePlainJson(text)]).toEqual([
        text,
        { why: expect.stringContaining('twice') },
      ]);
    }
    for (const text of ['{"a":{"a":{"a":"a"}}}', '[{"a":1},{"a":1}]', '{"a":"a","b":["a","a"]}']) {
      expect(parsePlainJson(text)).toEqual({ value: JSON.parse(text) });
    }
  });

  it('says nothing about a member because a text holds what stands between members', () => {
    const text = JSON.stringify({ a: '","a":1,"', b: ['{', '"', '\\"', '-1.5'], '{"a"': ',' });
    expect(parsePlainJson(text)).toEqual({ value: JSON.parse(text) });
  });

  it('writes a number in the shortest way, without losing any of it', () => {
    const numbers = [
      ['1.0', '1'],
      ['1e2', '100'],
      ['1E2', '100'],
      ['-0', '0'],
      ['0.50', '0.5'],
      ['9007199254740993', '9007199254740992'],
      ['9007199254740990.6', '9007199254740991'],
    ];
    for (const [number, short] of numbers) {
      const why = `holds ${number}, which is written ${short}`;
      expect(parsePlainJson(`{"a":[${number}]}`)).toEqual({ why });
      expect(parsePlainJson(` ${number}`)).toEqual({ why });
    }
    for (const text of ['[0, 10, 9007199254740991]', '[-1,0.5]', '[ -1, 0.5 ]']) {
      expect(parsePlainJson(text)).toEqual({ value: JSON.parse(text) });
    }
  });

  it('is JSON, and refuses anything else without throwing', () => {
    for (const text of ['', '{', '{"a":1,}', '01', '\ufeff{}', 'undefined', "{'a':1}"]) {
      expect([text, parsePlainJson(text)]).toEqual([text, { why: 'cannot be read as JSON' }]);
    }
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect(parsePlainJson(deep)).toEqual({ why: 'cannot be read as JSON' });
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parsePlainJson(text);
        if (read.why === undefined) expect(read.value).toEqual(JSON.parse(text));
      }),
    );
  });
});
