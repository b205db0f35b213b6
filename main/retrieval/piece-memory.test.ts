import { describe, expect, it } from 'vitest';
import { PieceMemory } from './piece-memory.ts';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

describe('memory for pieces', () => {
  it('is divided into pieces that do not overlap, and begin where a block does', () => {
    const pieces = new PieceMemory().take(6, 64 * kibibyte);
    for (const [index, piece] of pieces.entries()) piece.fill(index + 1);
    expect(pieces.map((piece) => [piece.length, piece[0], piece.at(-1)])).toEqual(
      pieces.map((_, index) => [64 * kibibyte, index + 1, index + 1]),
    );
    expect(pieces.map(({ byteOffset }) => byteOffset % 4096)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it('is used again by documents with other pieces, one after the other', () => {
    const memory = new PieceMemory();
    const buffers = new Set<SharedArrayBuffer>();
    for (const [count, length] of [
      [6, mebibyte],
      [1, 777],
      [6, 64 * kibibyte],
      [4, 2 * mebibyte],
    ] as const) {
      const pieces = memory.take(count, length);
      expect(pieces).toHaveLength(count);
      buffers.add(pieces[0]!.buffer);
      memory.giveBack(pieces);
    }
    expect(buffers.size).toBe(1);
  });

  it('is never that of two documents at once', () => {
    const memory = new PieceMemory();
    const [first, second] = [memory.take(3, mebibyte), memory.take(3, mebibyte)];
    expect(first[0]!.buffer).not.toBe(second[0]!.buffer);
    memory.giveBack(second);
    expect(memory.take(3, mebibyte)[0]!.buffer).toBe(second[0]!.buffer);
  });

  it('grows with a larger piece, instead of what was too small for it', () => {
    const memory = new PieceMemory();
    const usual = memory.take(6, mebibyte);
    memory.giveBack(usual);
    const large = memory.take(3, 16 * mebibyte);
    expect(large[2]).toHaveLength(16 * mebibyte);
    expect(memory.take(6, mebibyte)[0]!.buffer).not.toBe(usual[0]!.buffer);
    memory.giveBack(large);
    expect(memory.take(6, mebibyte)[0]!.buffer).toBe(large[0]!.buffer);
  });
});
