import { createECDH, createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { blake3 } from '@napi-rs/blake-hash';
import { describe, expect, it } from 'vitest';
import { amount as amountOf, share, zero } from '../../src/amount.ts';
import {
  documentIdOf,
  encodeManifest,
  parseManifest,
  pieceBounds,
} from '../../src/documents/index.ts';
import { getFor, giveFor } from '../../src/exchange/rate.ts';
import {
  draft,
  openStatement,
  type StatementPayload,
  type StatementType,
  sealStatement,
} from '../../src/identity/index.ts';
import * as statements from '../../src/protocol/statements.ts';
import { keyOf, sealPiece } from '../sealing/cipher.ts';
import { peerIdOfCertificate } from './certificate.ts';
import { keyPairOfSeed, NodeSigner, NodeVerifier } from './key-pair.ts';

/** What others compare their programs with must be what this one does. */
const page = readFileSync(new URL('../../docs/protocol-vectors.md', import.meta.url), 'utf8');

const section = (title: string) => {
  const [text] = page.split(/^## /m).filter((each) => each.startsWith(title));
  return text ?? expect.fail(`The page has no section ${title}.`);
};

/** A block of the page: its values by name. */
class Vector {
  readonly #values: Map<string, string>;

  constructor(block: string) {
    const lines = [...block.matchAll(/^([a-z0-9 ]+): (.*)$/gm)];
    this.#values = new Map(lines.map(([, name = '', value = '']) => [name, value]));
  }

  text(name: string): string {
    return this.#values.get(name) ?? expect.fail(`A block lacks ${name}.`);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  bytes(name: string): Buffer {
    const text = this.text(name);
    expect(text).toMatch(/^([0-9a-f]{2})*$/);
    return Buffer.from(text, 'hex');
  }

  list(name: string): string[] {
    return this.has(name) ? this.text(name).split(' ') : [];
  }
}

const blocksOf = (title: string) =>
  [...section(title).matchAll(/^```\n([^`]*)^```$/gm)].map(([, block = '']) => new Vector(block));
const rowsOf = (title: string, cells: number) =>
  [...section(title).matchAll(/^\|(( \d+ \|)+)$/gm)]
    .map(([, row = '']) => [...row.matchAll(/\d+/g)].map(([cell]) => amountOf(Number(cell))))
    .filter((row) => row.length === cells);

const keys = blocksOf('Keys');
const keyNamed = (name: string) => {
  const found = keys.find((key) => key.text('name') === name) ?? expect.fail(`Who is ${name}?`);
  return keyPairOfSeed(found.bytes('seed'));
};
const verifier = new NodeVerifier();
const kinds: readonly StatementType<StatementPayload>[] = Object.values(statements).filter(
  (one) => 'kind' in one && 'bytesMax' in one,
);
const kindNamed = (kind: string) =>
  kinds.find((type) => type.kind === kind) ?? expect.fail(`No kind is named ${kind}.`);

describe('docs/protocol-vectors.md', () => {
  it('has the peer id of each seed', () => {
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      const { peerId } = keyPairOfSeed(key.bytes('seed'));
      expect(peerId).toBe(key.text('peer id'));
      const jwk = new NodeSigner(keyPairOfSeed(key.bytes('seed'))).key.export({ format: 'jwk' });
      expect(jwk.x).toBe(key.bytes('public key').toString('base64url'));
    }
  });

  it('has the very token that this program makes of each payload', () => {
    const blocks = blocksOf('Statements');
    expect(blocks).toHaveLength(4);
    for (const block of blocks) {
      const type = kindNamed(block.text('kind'));
      const [header, payload] = [block.text('header'), block.text('payload')];
      const [token, input] = [block.text('token'), block.text('signing input')];
      const parts = [header, payload].map((json) => Buffer.from(json).toString('base64url'));
      expect(input).toBe(parts.join('.'));
      expect(token).toBe(`${input}.${block.bytes('signature').toString('base64url')}`);
      const opened = openStatement(type, token, verifier);
      expect(opened).toEqual({ ok: true, value: { text: token, payload: JSON.parse(payload) } });
      const signer = new NodeSigner(keyNamed(block.text('signer')));
      expect(sealStatement(draft(type, JSON.parse(payload)), signer)).toBe(token);
    }
  });

  it('has of tokens that look right those that are taken, and the refusal of each other one', () => {
    const blocks = blocksOf('What is taken');
    const answers = blocks.map((block) => {
      const read = openStatement(kindNamed('souk-delivery'), block.text('token'), verifier);
      return [block.text('case'), read.ok ? 'taken' : read.error.code];
    });
    expect(answers).toEqual(blocks.map((block) => [block.text('case'), block.text('answer')]));
    expect(new Set(answers.map(([, answer]) => answer)).size).toBe(3);
    expect(new Set(blocks.map((block) => block.text('token'))).size).toBe(15);
  });

  it('has a certificate that binds its peer, and the bytes by which it does', () => {
    const [block = expect.fail('There is no certificate.')] = blocksOf('Certificate');
    const alice = keyNamed(block.text('peer'));
    const spki = block.bytes('subject public key info');
    const ecdh = createECDH('prime256v1');
    ecdh.setPrivateKey(block.bytes('private number'));
    expect(spki.subarray(-65)).toEqual(ecdh.getPublicKey());

    const signed = block.bytes('signed bytes');
    expect(signed).toEqual(Buffer.concat([Buffer.from('libp2p-tls-handshake:'), spki]));
    expect(block.bytes('signature')).toEqual(Buffer.from(new NodeSigner(alice).sign(signed)));

    const der = block.bytes('certificate');
    const certificate = new X509Certificate(der);
    expect(certificate.publicKey.export({ type: 'spki', format: 'der' })).toEqual(spki);
    expect(der.includes(block.bytes('extension value'))).toBe(true);
    expect(block.bytes('extension value').subarray(-64)).toEqual(block.bytes('signature'));
    const at = Date.UTC(2026, 0, 1);
    expect(peerIdOfCertificate(der, verifier, at)).toEqual({ ok: true, value: alice.peerId });
  });

  it('has the manifest of each document, the hashes of its pieces, and its id', () => {
    const blocks = blocksOf('Documents');
    expect(blocks).toHaveLength(3);
    for (const block of blocks) {
      const content = contentOf(block);
      const pieceLengthBytes = 2 ** Number(block.text('log2 of piece length'));
      const pieces = piecesOf(content, pieceLengthBytes).map((piece) => blake3(piece));
      expect(pieces.map((hash) => hash.toString('hex'))).toEqual(block.list('pieces'));
      const document = { sizeBytes: content.length, pieceLengthBytes };
      const pieceHashes = Uint8Array.from(Buffer.concat(pieces));
      const manifest = Buffer.from(encodeManifest({ ...document, pieceHashes }));
      expect(manifest).toEqual(block.bytes('manifest'));
      expect(parseManifest(manifest)).toMatchObject({ ok: true, value: document });
      expect(documentIdOf(blake3(manifest))).toBe(block.text('document id'));
    }
  });

  it('has the sealed document of a key', () => {
    const [block = expect.fail('Nothing is sealed.')] = blocksOf('Sealed delivery');
    const plain = blocksOf('Documents').at(-1) ?? expect.fail('There is no document.');
    expect(block.text('document id')).toBe(plain.text('document id'));
    const key = keyOf(block.text('key'));
    expect(createHash('sha256').update(key).digest('base64url')).toBe(block.text('lock'));

    const pieceLengthBytes = 2 ** Number(plain.text('log2 of piece length'));
    const content = contentOf(plain);
    const sealed = piecesOf(content, pieceLengthBytes).map((piece, at) =>
      sealPiece(key, at, piece),
    );
    const begins = sealed.map((piece) => piece.subarray(0, 16).toString('hex'));
    expect(begins).toEqual(block.list('begins'));
    const hashes = sealed.map((piece) => blake3(piece));
    expect(hashes.map((hash) => hash.toString('hex'))).toEqual(block.list('pieces'));
    const pieceHashes = Uint8Array.from(Buffer.concat(hashes));
    const manifest = encodeManifest({ sizeBytes: content.length, pieceLengthBytes, pieceHashes });
    expect(documentIdOf(blake3(Buffer.from(manifest)))).toBe(block.text('sealed document id'));
    expect(block.list('counters')).toHaveLength(sealed.length);
  });

  it('has fees and rates to the unit', () => {
    const fees = rowsOf('Fees and rates', 4);
    expect(fees).toHaveLength(7);
    for (const [flat = zero, perMillion = zero, amount = zero, fee] of fees) {
      expect(share(amount, { flat, perMillion })).toBe(fee);
    }
    const rates = rowsOf('Fees and rates', 5);
    expect(rates).toHaveLength(4);
    for (const [numerator = zero, denominator = zero, give = zero, get = zero, least] of rates) {
      expect(getFor({ numerator, denominator }, give)).toEqual({ ok: true, value: get });
      expect(giveFor({ numerator, denominator }, get)).toEqual({ ok: true, value: least });
    }
  });
});

/** A text; or, of the longer one, bytes that count up to 250 and begin again. */
function contentOf(block: Vector): Buffer {
  const [sizeBytes, content] = [Number(block.text('size')), block.text('content')];
  if (content === 'i mod 251')
    return Buffer.from(Array.from({ length: sizeBytes }, (_, i) => i % 251));
  const bytes = Buffer.from(content === 'nothing' ? '' : content);
  expect(bytes).toHaveLength(sizeBytes);
  return bytes;
}

function piecesOf(content: Buffer, pieceLengthBytes: number): Buffer[] {
  const document = { sizeBytes: content.length, pieceLengthBytes };
  const count = Math.ceil(content.length / pieceLengthBytes);
  return Array.from({ length: count }, (_, index) => {
    const { start, end } = pieceBounds(document, index);
    return content.subarray(start, end);
  });
}
