import { describe, expect, it } from 'vitest';
import { TestShelf, testDocument } from '../retrieval/documents.suite.ts';
import { piecesOf } from './document-pieces.ts';

const pieceBytes = 64 * 1024;
const document = testDocument(6 * pieceBytes + 1);
const whole = { start: 0, end: document.bytes.length };

describe('the pieces of a document', () => {
  it('are read one ahead of what was asked for, and no further', async () => {
    const shelf = new TestShelf(document);
    const pieces = piecesOf(await shelf.open(document.documentId), document.manifest, whole);
    expect(shelf.piecesRead).toEqual([]);
    await pieces.next();
    expect(shelf.piecesRead).toEqual([0, 1]);
    await pieces.next();
    expect(shelf.piecesRead).toEqual([0, 1, 2]);
    await pieces.return();
    expect(shelf.piecesRead).toEqual([0, 1, 2]);
  });

  it('stay as they are until the next one is asked for', async () => {
    const shelf = new TestShelf(document);
    const bytes = { start: 10, end: 6 * pieceBytes + 1 };
    const pieces = piecesOf(await shelf.open(document.documentId), document.manifest, bytes);
    let at = bytes.start;
    for await (const piece of pieces) {
      await new Promise((resolve) => setImmediate(resolve));
      expect(piece.equals(document.bytes.subarray(at, at + piece.length))).toBe(true);
      at += piece.length;
    }
    expect(at).toBe(bytes.end);
    expect(shelf.piecesRead).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('are those that hold the bytes, no others', async () => {
    const shelf = new TestShelf(document);
    const bytes = { start: 2 * pieceBytes, end: 4 * pieceBytes };
    const pieces = piecesOf(await shelf.open(document.documentId), document.manifest, bytes);
    let lengthBytes = 0;
    for await (const piece of pieces) lengthBytes += piece.length;
    expect(lengthBytes).toBe(2 * pieceBytes);
    expect(shelf.piecesRead).toEqual([2, 3]);
  });

  it('end with the failure of a piece, after the pieces before it', async () => {
    const shelf = new TestShelf(document);
    shelf.beforePiece = async (index) => {
      if (index === 1) throw new Error('gone');
    };
    const pieces = piecesOf(await shelf.open(document.documentId), document.manifest, whole);
    expect((await pieces.next()).done).toBe(false);
    await expect(pieces.next()).rejects.toThrow('gone');
  });

  it('wait for a read that is under way when the caller stops', async () => {
    const shelf = new TestShelf(document);
    const reading = Promise.withResolvers<void>();
    shelf.beforePiece = (index) => (index === 1 ? reading.promise : Promise.resolve());
    const pieces = piecesOf(await shelf.open(document.documentId), document.manifest, whole);
    await pieces.next();
    let stopped = false;
    const stopping = pieces.return().then(() => {
      stopped = true;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(stopped).toBe(false);
    reading.resolve();
    await stopping;
  });
});
