import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testPeerId } from '../../../src/kernel/test-context.ts';
import { parseRequest, requestText } from './payment-request.ts';

const [payee, currency] = [testPeerId(1), testPeerId(2)];

describe('a payment request', () => {
  it('is read back as it was written, whatever the transaction id holds', () => {
    const printable = fc
      .array(fc.integer({ min: 0x21, max: 0x7e }), { minLength: 1, maxLength: 64 })
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(printable, (transactionId) => {
        const request = { payee, currency, transactionId };
        expect(parseRequest(requestText(request))).toEqual(request);
      }),
    );
  });

  it('may be a peer id alone', () => {
    expect(parseRequest(` ${payee}\n`)).toEqual({ payee });
    expect(parseRequest(requestText({ payee }))).toEqual({ payee });
  });

  it.each([
    '',
    'Bob',
    'souk://pay/Bob',
    `souk://card/${payee}`,
    `souk://pay/${payee}?currency=gold`,
    `souk://pay/${payee}?transaction=${'x'.repeat(65)}`,
    `souk://pay/${payee}?transaction=two%20words`,
    `https://example.org/${payee}`,
  ])('is not %j', (text) => {
    expect(parseRequest(text)).toBeUndefined();
  });
});
