import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import * as fc from 'fast-check';
import { compactVerify, importJWK } from 'jose';
import nacl from 'tweetnacl';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isPeerId, peerIdOf, publicKeyOf } from './peer-id.ts';
import { rfc8032 } from './signer.suite.ts';
import {
  decodeStatement,
  draft,
  openStatement,
  type Signer,
  sealDrafts,
  sealStatement,
  statementType,
  type Verifier,
} from './statement.ts';

/** node:crypto here, because the reference implementation is too slow for properties. */
function quickSigner(seed: Uint8Array): Signer {
  const d = base64urlnopad.encode(seed);
  const { publicKey } = nacl.sign.keyPair.fromSeed(seed);
  const x = base64urlnopad.encode(publicKey);
  const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d, x }, format: 'jwk' });
  return {
    peerId: peerIdOf(publicKey),
    sign: (message) => Uint8Array.from(sign(null, message, key)),
  };
}

const verifier: Verifier = {
  verify(signer, message, signature) {
    const x = base64urlnopad.encode(publicKeyOf(signer));
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
    return verify(null, message, key, signature);
  },
};

const signer = quickSigner(rfc8032[0].seed);
const stranger = quickSigner(rfc8032[1].seed);
const jti = 'AAAAAAAAAAAAAAAAAAAAAA';

const noteSchema = z.strictObject({
  iss: z.string().refine(isPeerId),
  iat: z.number().int(),
  jti: z.string(),
  text: z.string(),
});
const note = statementType('souk-note', noteSchema, 2_000);
const other = statementType('souk-other', noteSchema, 2_000);
const draftOf = (text: string, by = signer) =>
  draft(note, { iss: by.peerId, iat: 1_700_000_000, jti, text });
const sealed = (text: string) => sealStatement(draftOf(text), signer);

const encode = (value: unknown) =>
  base64urlnopad.encode(new TextEncoder().encode(JSON.stringify(value)));
/** A statement put together by hand, with whatever header and payload, and truly signed. */
function forge(header: unknown, payload: unknown, by = signer): string {
  const message = `${encode(header)}.${encode(payload)}`;
  return `${message}.${base64urlnopad.encode(by.sign(new TextEncoder().encode(message)))}`;
}
const goodHeader = { alg: 'EdDSA', typ: 'souk-note', kid: signer.peerId };
const goodPayload = { iss: signer.peerId, iat: 1, jti, text: 'x' };

function codeOf(text: string, type = note): string {
  const result = openStatement(type, text, verifier);
  return result.ok ? 'opened' : result.error.code;
}

describe('RFC 8037, Appendix A', () => {
  const jws =
    'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.' +
    'hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

  it('gives the signature that a peer with that key makes', () => {
    const [header, payload, signature] = jws.split('.');
    const message = new TextEncoder().encode(`${header}.${payload}`);
    expect(base64urlnopad.encode(signer.sign(message))).toBe(signature);
    expect(base64urlnopad.encode(publicKeyOf(signer.peerId))).toBe(
      '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    );
  });

  it('is no statement: it names neither kind nor key', () => {
    expect(codeOf(jws)).toBe('bad-statement');
  });
});

describe('A sealed statement', () => {
  it('opens to what was sealed, and is a JWS to jose and a signature to tweetnacl', async () => {
    const x = base64urlnopad.encode(publicKeyOf(signer.peerId));
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA');
    const texts = fc.string({ unit: 'grapheme', maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(texts, async (words) => {
        const text = sealed(words);
        const opened = openStatement(note, text, verifier);
        if (!opened.ok) throw new Error(opened.error.detail);
        expect(opened.value.text).toBe(text);
        expect(opened.value.payload).toEqual(draftOf(words).payload);

        const { payload, protectedHeader } = await compactVerify(text, key);
        expect(protectedHeader).toEqual(goodHeader);
        expect(JSON.parse(Buffer.from(payload).toString())).toEqual(draftOf(words).payload);
      }),
      { numRuns: 50 },
    );
    const [header, payload, signature] = sealed('second opinion').split('.');
    const message = new TextEncoder().encode(`${header}.${payload}`);
    const bytes = base64urlnopad.decode(signature ?? '');
    expect(nacl.sign.detached.verify(message, bytes, publicKeyOf(signer.peerId))).toBe(true);
  });

  it('is the same text whenever it is sealed again', () => {
    expect(sealed('again')).toBe(sealed('again'));
  });

  it('is refused after any one character of it changed', () => {
    const text = sealed('unchanged');
    const alphabet = 'ABCXYZabcxyz0189-_.=+/ ~';
    const places = fc.nat(text.length - 1);
    fc.assert(
      fc.property(places, fc.constantFrom(...alphabet), (place, character) => {
        const changed = text.slice(0, place) + character + text.slice(place + 1);
        expect(codeOf(changed)).toMatch(changed === text ? /^opened$/ : /^bad-/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused cut short, lengthened, or with parts of another', () => {
    const [header, payload, signature] = sealed('one').split('.');
    const [, otherPayload, otherSignature] = sealed('two').split('.');
    const bad = [
      `${header}.${payload}`,
      `${header}.${payload}.`,
      `${header}..${signature}`,
      `.${payload}.${signature}`,
      `${header}.${payload}.${signature}.`,
      `${header}.${payload}.${signature}.${signature}`,
      ` ${header}.${payload}.${signature}`,
      `${header}.${payload}.${signature}\n`,
      `${header}.${payload}=.${signature}`,
    ];
    for (const text of bad) expect(codeOf(text)).toBe('bad-statement');
    expect(codeOf(`${header}.${otherPayload}.${signature}`)).toBe('bad-signature');
    expect(codeOf(`${header}.${payload}.${otherSignature}`)).toBe('bad-signature');
  });
});

describe('openStatement', () => {
  it('opens what is put together by the rules', () => {
    expect(codeOf(forge(goodHeader, goodPayload))).toBe('opened');
  });

  it('refuses the statement of one who names another as issuer', () => {
    expect(codeOf(forge(goodHeader, { ...goodPayload, iss: stranger.peerId }))).toBe(
      'bad-statement',
    );
    expect(codeOf(forge({ ...goodHeader, kid: stranger.peerId }, goodPayload))).toBe(
      'bad-statement',
    );
  });

  it('refuses a statement in the name of one peer signed by another', () => {
    expect(codeOf(forge(goodHeader, goodPayload, stranger))).toBe('bad-signature');
  });

  it('refuses another algorithm, none, and unknown or missing header members', () => {
    const headers = [
      { ...goodHeader, alg: 'none' },
      { ...goodHeader, alg: 'HS256' },
      { ...goodHeader, alg: 'eddsa' },
      { ...goodHeader, crit: ['exp'] },
      { ...goodHeader, jwk: {} },
      { alg: 'EdDSA', kid: signer.peerId },
      { alg: 'EdDSA', typ: 'souk-note' },
      [],
      null,
      'EdDSA',
    ];
    for (const header of headers) expect(codeOf(forge(header, goodPayload))).toBe('bad-statement');
  });

  it('refuses what another reader might read as something else, and says what', () => {
    const signed = (header: string, payload: string) => {
      const message = [header, payload]
        .map((json) => base64urlnopad.encode(new TextEncoder().encode(json)))
        .join('.');
      return `${message}.${base64urlnopad.encode(signer.sign(new TextEncoder().encode(message)))}`;
    };
    const [header, payload] = [JSON.stringify(goodHeader), JSON.stringify(goodPayload)];
    const whyOf = (text: string) => {
      const result = decodeStatement(note, text);
      return result.ok ? 'decoded' : result.error.detail;
    };
    const cases = [
      [
        signed(header, payload.replace('}', ',"text":"y"}')),
        'its payload has the member "text" twice',
      ],
      [
        signed(header, payload.replace('"iat":1', '"iat":1.0')),
        'its payload holds 1.0, which is written 1',
      ],
      [
        signed(header.replace('}', ',"alg":"EdDSA"}'), payload),
        'its header has the member "alg" twice',
      ],
      [signed(header, `\ufeff${payload}`), 'its payload cannot be read as JSON'],
      [
        signed(header, payload).replace(/\.[^.]*\./, '.AB.'),
        'its payload is no UTF-8 in base64url',
      ],
    ] as const;
    for (const [text, why] of cases) {
      expect(whyOf(text)).toBe(`This is no souk-note statement: ${why}.`);
    }
    expect(codeOf(signed(` ${header}`, JSON.stringify(goodPayload, undefined, 2)))).toBe('opened');
  });

  it('refuses the right statement where another kind is expected', () => {
    expect(codeOf(sealed('note'), other)).toBe('bad-statement');
  });

  it('refuses unknown members, missing members and payloads that are no objects', () => {
    const payloads = [
      { ...goodPayload, more: 1 },
      { iss: signer.peerId, iat: 1, jti },
      { ...goodPayload, text: 5 },
      [goodPayload],
      null,
      'text',
    ];
    for (const payload of payloads)
      expect(codeOf(forge(goodHeader, payload))).toBe('bad-statement');
  });

  it('refuses a member that would reach behind the object', () => {
    const payload = JSON.stringify(goodPayload).replace('{', '{"__proto__":{"a":1},');
    const message = `${encode(goodHeader)}.${base64urlnopad.encode(new TextEncoder().encode(payload))}`;
    const signature = base64urlnopad.encode(signer.sign(new TextEncoder().encode(message)));
    expect(codeOf(`${message}.${signature}`)).toBe('bad-statement');
  });

  it('refuses bytes that are not UTF-8', () => {
    const message = `${encode(goodHeader)}.${base64urlnopad.encode(Uint8Array.of(0x22, 0xff, 0x22))}`;
    const signature = base64urlnopad.encode(signer.sign(new TextEncoder().encode(message)));
    expect(codeOf(`${message}.${signature}`)).toBe('bad-statement');
  });

  it('refuses what is longer than its kind allows before it decodes anything', () => {
    expect(codeOf(sealed('x'.repeat(1_900)))).toBe('bad-statement');
    const never: Verifier = {
      verify: () => {
        throw new Error('The signature was checked.');
      },
    };
    const result = openStatement(note, 'A'.repeat(50_000_000), never);
    expect(result).toMatchObject({ ok: false, error: { code: 'bad-statement' } });
  });

  it('never throws and never accepts arbitrary texts', () => {
    const part = fc.oneof(
      fc.string(),
      fc.base64String().map((text) => text.replaceAll('=', '')),
      fc.json().map((json) => base64urlnopad.encode(new TextEncoder().encode(json))),
      fc.constantFrom(...sealed('x').split('.')),
    );
    const garbage = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('.')),
    );
    const genuine = sealed('x');
    fc.assert(
      fc.property(garbage, (text) => {
        fc.pre(text !== genuine);
        expect(codeOf(text)).toMatch(/^bad-(statement|signature)$/);
      }),
      { numRuns: 1_000 },
    );
  });

  it('never accepts an arbitrary header or payload, though truly signed, that is not of its kind', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (header, payload) => {
        expect(codeOf(forge(header, goodPayload))).toBe('bad-statement');
        expect(codeOf(forge(goodHeader, payload))).toBe('bad-statement');
      }),
    );
  });
});

describe('decodeStatement', () => {
  it('tells the signer and what was signed, and judges no signature', () => {
    const text = forge(goodHeader, goodPayload, stranger);
    const decoded = decodeStatement(note, text);
    if (!decoded.ok) throw new Error(decoded.error.detail);
    const { signer: claimed, message, signature } = decoded.value;
    expect(claimed).toBe(signer.peerId);
    expect(verifier.verify(claimed, message, signature)).toBe(false);
    expect(verifier.verify(stranger.peerId, message, signature)).toBe(true);
  });
});

describe('sealDrafts', () => {
  it('signs a draft that has been written down and read again', () => {
    expect(sealDrafts(JSON.parse(JSON.stringify([draftOf('1')])), signer)).toEqual([sealed('1')]);
  });

  it('replaces each draft, however deep, and leaves everything else', () => {
    const body = { a: [draftOf('1'), { b: draftOf('2') }], n: 1, t: 'x', no: null, yes: true };
    expect(sealDrafts(body, signer)).toEqual({
      a: [sealed('1'), { b: sealed('2') }],
      n: 1,
      t: 'x',
      no: null,
      yes: true,
    });
    expect(sealDrafts(draftOf('3'), signer)).toBe(sealed('3'));
    expect(sealDrafts(undefined, signer)).toBeUndefined();
  });

  it('leaves every JSON value as it is', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.stringify(sealDrafts(value, signer))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('does not sign in the name of another', () => {
    expect(() => sealDrafts({ a: draftOf('x', stranger) }, signer)).toThrow(stranger.peerId);
  });
});
