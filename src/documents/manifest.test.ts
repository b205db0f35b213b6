import { blake3 } from '@napi-rs/blake-hash';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentBytesMax, manifestBytesMax } from '../limits.ts';
import { documentId } from '../protocol/index.ts';
import {
  choosePieceLength,
  documentIdOf,
  encodeManifest,
  type Manifest,
  parseManifest,
  pieceBounds,
  pieceCount,
  pieceHash,
} from './index.ts';

const kib = 1024;
const mib = 1024 * kib;

const manifests: fc.Arbitrary<Manifest> = fc
  .record({
    logarithm: fc.integer({ min: 16, max: 24 }),
    pieces: fc.integer({ min: 0, max: 40 }),
    short: fc.nat(),
    fill: fc.nat(255),
  })
  .map(({ logarithm, pieces, short, fill }) => {
    const pieceLengthBytes = 2 ** logarithm;
    const missing = pieces === 0 ? 0 : short % pieceLengthBytes;
    return {
      pieceLengthBytes,
      sizeBytes: pieces * pieceLengthBytes - missing,
      pieceHashes: new Uint8Array(32 * pieces).fill(fill),
    };
  });

function refusal(bytes: Uint8Array): string {
  const parsed = parseManifest(bytes);
  return parsed.ok ? 'accepted' : parsed.error.code;
}

describe('a manifest', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        expect(parseManifest(encodeManifest(manifest))).toEqual({ ok: true, value: manifest });
      }),
    );
  });

  it('cuts the document into pieces that follow each other and cover it', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        let end = 0;
        for (let index = 0; index < pieceCount(manifest); index++) {
          const piece = pieceBounds(manifest, index);
          expect(piece.start).toBe(end);
          expect(piece.end - piece.start).toBeGreaterThan(0);
          expect(piece.end - piece.start).toBeLessThanOrEqual(manifest.pieceLengthBytes);
          expect(pieceHash(manifest, index)).toHaveLength(32);
          end = piece.end;
        }
        expect(end).toBe(manifest.sizeBytes);
        expect(() => pieceBounds(manifest, pieceCount(manifest))).toThrow(RangeError);
        expect(() => pieceHash(manifest, -1)).toThrow(RangeError);
      }),
    );
  });

  it('is refused with one byte more or one byte less', () => {
    fc.assert(
      fc.property(manifests, (manifest) => {
        const bytes = encodeManifest(manifest);
        expect(refusal(bytes.subarray(0, -1))).toBe('bad-request');
        expect(refusal(Uint8Array.of(...bytes, 0))).toBe('bad-request');
      }),
    );
  });

  it('is read or refused, whatever the bytes, and what is read writes the same bytes', () => {
    const souk1 = Uint8Array.from(Buffer.from('souk1'));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, prefixed) => {
        const bytes = prefixed ? Uint8Array.of(...souk1, ...noise) : noise;
        const parsed = parseManifest(bytes);
        if (parsed.ok) expect(encodeManifest(parsed.value)).toEqual(bytes);
        else expect(parsed.error.code).toBe('bad-request');
      }),
    );
  });

  it('has the layout of protocol 6', () => {
    const pieceHashes = new Uint8Array(64).fill(0xab);
    const bytes = encodeManifest({ sizeBytes: mib + 1, pieceLengthBytes: mib, pieceHashes });
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `736f756b31${'0000000000100001'}14${'ab'.repeat(64)}`,
    );
  });

  it('refuses piece lengths outside of 64 KiB to 16 MiB and sizes past 1 TiB', () => {
    const empty = Buffer.from(
      encodeManifest({ sizeBytes: 0, pieceLengthBytes: mib, pieceHashes: new Uint8Array() }),
    );
    const at = (offset: number, byte: number) => {
      const copy = Buffer.from(empty);
      copy[offset] = byte;
      return copy;
    };
    expect(refusal(at(13, 16))).toBe('accepted');
    expect(refusal(at(13, 24))).toBe('accepted');
    expect(refusal(at(13, 15))).toBe('bad-request');
    expect(refusal(at(13, 25))).toBe('bad-request');
    expect(refusal(at(13, 255))).toBe('bad-request');
    expect(refusal(at(0, 0x53))).toBe('bad-request');
    expect(refusal(at(5, 255))).toBe('bad-request');
    expect(refusal(new Uint8Array(manifestBytesMax + 1))).toBe('bad-request');
    expect(refusal(new Uint8Array())).toBe('bad-request');
  });

  it('is not written for a document that breaks the limits', () => {
    const pieceHashes = new Uint8Array();
    for (const broken of [
      { sizeBytes: -1, pieceLengthBytes: mib, pieceHashes },
      { sizeBytes: 0.5, pieceLengthBytes: mib, pieceHashes },
      { sizeBytes: documentBytesMax + 1, pieceLengthBytes: mib, pieceHashes },
      { sizeBytes: 0, pieceLengthBytes: 3 * mib, pieceHashes },
      { sizeBytes: 0, pieceLengthBytes: 32 * kib, pieceHashes },
      { sizeBytes: 1, pieceLengthBytes: mib, pieceHashes },
      { sizeBytes: documentBytesMax, pieceLengthBytes: 64 * kib, pieceHashes },
    ]) {
      expect(() => encodeManifest(broken)).toThrow(RangeError);
    }
  });
});

describe('the piece length', () => {
  it('is 1 MiB for every document that protocol 10 allows', () => {
    for (const sizeBytes of [0, 1, mib, 5 * 2 ** 30, documentBytesMax]) {
      expect(choosePieceLength(sizeBytes)).toBe(mib);
    }
    expect(() => choosePieceLength(documentBytesMax + 1)).toThrow(RangeError);
    expect(() => choosePieceLength(Number.NaN)).toThrow(RangeError);
  });
});

describe('a document id', () => {
  it('is b3- and the lower-case base32 of the hash', () => {
    const hash = blake3(Buffer.from('souk'));
    const id = documentIdOf(hash);
    expect(id).toHaveLength(55);
    expect(documentId.parse(id)).toBe(id);
    expect(documentIdOf(new Uint8Array(32))).toBe(`b3-${'a'.repeat(52)}`);
  });

  it('is that of a known document for ever', () => {
    const pieceHashes = blake3(Buffer.from('hello'));
    const manifest = encodeManifest({ sizeBytes: 5, pieceLengthBytes: mib, pieceHashes });
    expect(documentIdOf(blake3(Buffer.from(manifest)))).toBe(
      'b3-ymwgbmlylu2gzxobhhynuyjeeyz2tgjumflhmtm6nojkntmyvkfq',
    );
  });

  it('differs wherever the hash differs', () => {
    const hashes = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(hashes, hashes, (a, b) => {
        expect(documentIdOf(a) === documentIdOf(b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
    expect(() => documentIdOf(new Uint8Array(31))).toThrow(RangeError);
  });
});
