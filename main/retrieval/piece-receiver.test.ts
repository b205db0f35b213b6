import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TestClock, testDocument } from './documents.suite.ts';
import { PieceMemory } from './piece-memory.ts';
import { receivePieces } from './piece-receiver.ts';
import { RateLimit } from './rate-limit.ts';

const pieceBytes = 64 * 1024;
const document = testDocument(5 * pieceBytes + 777);

/** A sender that has sent everything at once and hung up before anything was taken, as on a fast line. */
function sentAtOnce(bytes: Buffer, chunkBytes: number): Readable {
  const stream = new Readable({ read: () => undefined });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    stream.push(bytes.subarray(at, at + chunkBytes));
  }
  stream.push(null);
  return stream;
}

async function receive(
  bytes: Buffer,
  chunkBytes: number,
  bytesPerSecond: number | undefined,
): Promise<Buffer> {
  const stored = Buffer.alloc(document.bytes.length);
  await receivePieces(
    { start: 0, stream: sentAtOnce(bytes, chunkBytes) },
    {
      manifest: document.manifest,
      firstPiece: 0,
      limit: new RateLimit(new TestClock(), bytesPerSecond),
      memory: new PieceMemory(),
      signal: new AbortController().signal,
      onBytes: () => undefined,
      store: async (index, piece) => {
        await new Promise((resolve) => setImmediate(resolve));
        stored.set(piece, index * pieceBytes);
      },
    },
  );
  return stored;
}

describe('receiving pieces', () => {
  it('keeps all that came, though its sender is done before the limit or the disk is', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 5_000, max: document.bytes.length }),
        fc.option(fc.integer({ min: 1_000, max: 10_000_000 }), { nil: undefined }),
        async (chunkBytes, bytesPerSecond) => {
          const received = await receive(document.bytes, chunkBytes, bytesPerSecond);
          expect(received.equals(document.bytes)).toBe(true);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says that a document ended early, however slowly it is taken', async () => {
    const part = document.bytes.subarray(0, 3 * pieceBytes + 5);
    for (const rate of [undefined, 100_000]) {
      await expect(receive(part, part.length, rate)).rejects.toMatchObject({
        code: 'unreachable',
        message: 'The document did not arrive whole: it ended early.',
      });
    }
  });

  it('lets go of the sender where there is no memory for pieces', async () => {
    class NoMemory extends PieceMemory {
      override take(): never {
        throw new RangeError('Array buffer allocation failed');
      }
    }
    const stream = new Readable({ read: () => undefined });
    const receiving = receivePieces(
      { start: 0, stream },
      {
        manifest: document.manifest,
        firstPiece: 0,
        limit: new RateLimit(new TestClock(), undefined),
        memory: new NoMemory(),
        signal: new AbortController().signal,
        onBytes: () => undefined,
        store: () => Promise.resolve(),
      },
    );
    await expect(receiving).rejects.toThrow(RangeError);
    expect(stream.destroyed).toBe(true);
  });

  it('gives way to others after each mebibyte, however much has come', async () => {
    const large = testDocument(5 * 1024 * 1024 + 777);
    const stored = Buffer.alloc(large.bytes.length);
    let turns = 0;
    let ended = false;
    const countTurns = () => {
      turns++;
      if (!ended) setImmediate(countTurns);
    };
    setImmediate(countTurns);
    await receivePieces(
      { start: 0, stream: sentAtOnce(large.bytes, 16 * 1024) },
      {
        manifest: large.manifest,
        firstPiece: 0,
        limit: new RateLimit(new TestClock()),
        memory: new PieceMemory(),
        signal: new AbortController().signal,
        onBytes: () => undefined,
        store: async (index, piece) => {
          stored.set(piece, index * pieceBytes);
        },
      },
    );
    ended = true;
    expect(stored.equals(large.bytes)).toBe(true);
    expect(turns).toBeGreaterThanOrEqual(5);
  });
});
