import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeStatement,
  draft,
  openStatement,
  peerIdOf,
  type StatementPayload,
  type StatementType,
  sealStatement,
} from '../identity/index.ts';
import { naclSigner, rfc8032 } from '../identity/signer.suite.ts';
import {
  bidStatement,
  cardStatement,
  contestStatement,
  currencyStatement,
  deliveryStatement,
  instructionsStatement,
  receiptStatement,
  transferStatement,
} from './statements.ts';

const signer = naclSigner.signer(rfc8032[0].seed);
const verifier = naclSigner.verifier();
const peer = signer.peerId;
const id = 'AAAAAAAAAAAAAAAAAAAAAA';
const bytes32 = 'A'.repeat(43);
const document = `b3-${'a'.repeat(52)}`;
const signed = { iss: peer, iat: 1_700_000_000, jti: id };

interface Example {
  readonly type: StatementType<StatementPayload>;
  readonly payload: Record<string, unknown>;
  readonly optional?: readonly string[];
}

/** One of each kind of protocol 1, with every member that it may have. */
const examples: Record<string, Example> = {
  'souk-card': {
    type: cardStatement,
    payload: {
      ...signed,
      name: 'Alice',
      sequence: 3,
      endpoints: ['https://127.0.0.1:7685'],
      issues: peer,
      accepts: [{ currency: peer, endpoints: [], solicitationFee: 1 }],
    },
    optional: ['issues'],
  },
  'souk-currency': {
    type: currencyStatement,
    payload: {
      ...signed,
      name: 'Alice dollars',
      symbol: 'A$',
      decimals: 2,
      fee: { flat: 1, perMillion: 10 },
      queryFee: 0,
      supply: { issued: 10, destroyed: 1 },
      features: ['holds'],
      endpoints: [],
      redeemableFor: 'documents',
    },
  },
  'souk-transfer': {
    type: transferStatement,
    payload: {
      ...signed,
      aud: peer,
      payee: peer,
      amount: 5,
      transactionId: 't',
      maxFee: 1,
      exp: 2,
      hold: { sha256: bytes32, expires: 3 },
    },
    optional: ['hold'],
  },
  'souk-receipt': {
    type: receiptStatement,
    payload: {
      ...signed,
      payer: peer,
      payee: peer,
      amount: 5,
      fee: 1,
      transactionId: 't',
      order: id,
      sequence: 1,
      state: 'held',
      hold: { sha256: bytes32, expires: 3 },
    },
    optional: ['hold'],
  },
  'souk-bid': {
    type: bidStatement,
    payload: {
      ...signed,
      sub: document,
      solicitation: id,
      currency: peer,
      price: 0,
      title: 'A book',
      size: 1,
      mediaType: 'text/plain',
      exp: 2,
    },
  },
  'souk-instructions': {
    type: instructionsStatement,
    payload: {
      ...signed,
      sub: document,
      size: 1,
      endpoints: [],
      accessKey: bytes32,
      card: 'x',
      exp: 2,
    },
  },
  'souk-delivery': {
    type: deliveryStatement,
    payload: { ...signed, aud: peer, sub: document, deal: id },
  },
  'souk-contest': {
    type: contestStatement,
    payload: { ...signed, aud: peer, deal: id, reason: 'corrupt', note: '' },
  },
};

const seal = (type: Example['type'], payload: object) =>
  sealStatement(draft(type, payload as StatementPayload), signer);
/** Form alone: the signature, which takes tweetnacl its time, is left blank. */
const blank = { peerId: peer, sign: () => new Uint8Array(64) };
const fits = (type: Example['type'], payload: object) =>
  decodeStatement(type, sealStatement(draft(type, payload as StatementPayload), blank)).ok;

for (const [kind, { type, payload, optional = [] }] of Object.entries(examples)) {
  describe(`A ${kind} statement`, () => {
    it('opens to what was sealed', () => {
      const text = seal(type, payload);
      expect(openStatement(type, text, verifier)).toEqual({ ok: true, value: { text, payload } });
      expect(type.kind).toBe(kind);
    });

    it('is refused with a member more, or one less that it needs', () => {
      expect(fits(type, { ...payload, more: 1 })).toBe(false);
      for (const name of Object.keys(payload).filter((each) => each !== 'iss')) {
        const { [name]: _left, ...rest } = payload;
        expect([name, fits(type, rest)]).toEqual([name, optional.includes(name)]);
      }
    });

    it('is refused with a member of another type', () => {
      for (const name of Object.keys(payload).filter((each) => each !== 'iss')) {
        for (const value of [null, {}, [[]], true, -1, 1.5]) {
          expect([name, value, fits(type, { ...payload, [name]: value })]).toEqual([
            name,
            value,
            false,
          ]);
        }
      }
    });

    it('is taken for no other kind', () => {
      const text = seal(type, payload);
      for (const other of Object.values(examples)) {
        expect(decodeStatement(other.type, text).ok).toBe(other.type === type);
      }
    });
  });
}

describe('A card', () => {
  it('names no other key’s currency as its own: a currency is what its issuer’s key is', () => {
    const { type, payload } = examples['souk-card'] ?? expect.fail();
    const other = peerIdOf(new Uint8Array(32).fill(9));
    const read = decodeStatement(type, seal(type, { ...payload, issues: other }));
    expect(read).toMatchObject({ error: { code: 'bad-statement' } });
    expect(!read.ok && read.error.detail).toMatch(/is the currency of another key\s+→ at issues/);
  });
});

describe('Every kind of statement', () => {
  it('is bounded: what is kept by the thousand by little', () => {
    const kibibytes = Object.entries(examples).map(([kind, { type }]) => [
      kind,
      type.bytesMax / 1024,
    ]);
    expect(Object.fromEntries(kibibytes)).toEqual({
      ...{ 'souk-card': 4, 'souk-currency': 16, 'souk-instructions': 16, 'souk-contest': 8 },
      ...{ 'souk-transfer': 2, 'souk-receipt': 2, 'souk-delivery': 2, 'souk-bid': 4 },
    });
  });

  it('has room for every member at its longest, and for no padding beside', () => {
    const most = Number.MAX_SAFE_INTEGER;
    const hold = { sha256: bytes32, expires: 253_402_300_799 };
    const [title, note] = [200, 500].map((length) => '漢'.repeat(length));
    const longest: readonly [string, object][] = [
      [
        'souk-transfer',
        { amount: most, maxFee: most, transactionId: '"'.repeat(64), exp: hold.expires, hold },
      ],
      [
        'souk-receipt',
        { amount: most, fee: most, sequence: most, transactionId: '"'.repeat(64), hold },
      ],
      ['souk-delivery', {}],
      ['souk-bid', { title, price: most, mediaType: `a/${'b'.repeat(98)}`, exp: hold.expires }],
      ['souk-contest', { note }],
    ];
    for (const [kind, members] of longest) {
      const { type, payload } = examples[kind] as Example;
      const whole = { ...payload, ...members };
      expect([kind, decodeStatement(type, seal(type, whole)).ok]).toEqual([kind, true]);
      expect(seal(type, whole).length).toBeLessThanOrEqual(type.bytesMax);
      const padded = seal(type, { ...whole, padding: ' '.repeat(type.bytesMax) });
      expect(decodeStatement(type, padded)).toMatchObject({ error: { code: 'bad-statement' } });
    }
  });

  it('refuses an arbitrary payload', () => {
    const types = fc.constantFrom(...Object.values(examples).map(({ type }) => type));
    fc.assert(
      fc.property(types, fc.dictionary(fc.string(), fc.jsonValue()), (type, payload) => {
        expect(type.schema.safeParse({ ...signed, ...payload }).success).toBe(false);
      }),
    );
  });
});
