import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { blake3 } from '@napi-rs/blake-hash';
import { stepBack } from '../background.ts';
import { systemCode } from './listing.ts';
import { stampOf } from './stamp.ts';
import { holdsKey } from './withheld.ts';

/** A run of whole pieces of one file; the last one of the file may be short. */
export interface Segment {
  readonly path: string;
  readonly stamp: string;
  readonly start: number;
  readonly end: number;
  readonly pieceLengthBytes: number;
}

/** The hashes of all segments that could be read, one after the other, and what became of each segment. */
export interface SegmentHashes {
  readonly hashes: Uint8Array;
  /** `''` where it went well, else `changed`, `withheld` (it holds a key) or the system's error code. */
  readonly outcomes: readonly string[];
}

const hashBytes = 32;
let buffer = Buffer.allocUnsafeSlow(1024 * 1024);
stepBack();

/** Hashes segments in a worker thread, in one reused buffer: the bytes never leave the thread. */
export function hashSegments(segments: readonly Segment[]): SegmentHashes {
  let pieces = 0;
  for (const { start, end, pieceLengthBytes } of segments) {
    pieces += Math.ceil((end - start) / pieceLengthBytes);
  }
  const hashes = new Uint8Array(pieces * hashBytes);
  let offset = 0;
  const outcomes = segments.map((segment) => {
    const outcome = hashSegment(segment, hashes.subarray(offset));
    offset += Math.ceil((segment.end - segment.start) / segment.pieceLengthBytes) * hashBytes;
    return outcome;
  });
  return { hashes, outcomes };
}

export default hashSegments;

function hashSegment(segment: Segment, hashes: Uint8Array): string {
  let file: number;
  try {
    // A pipe put in the file's place must not hold the worker for ever.
    file = openSync(segment.path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    return systemCode(error);
  }
  try {
    if (stampOf(fstatSync(file, { bigint: true })) !== segment.stamp) return 'changed';
    let at = 0;
    for (let start = segment.start; start < segment.end; start += segment.pieceLengthBytes) {
      const length = Math.min(segment.pieceLengthBytes, segment.end - start);
      if (!readPiece(file, start, length)) return 'changed';
      if (start === 0 && holdsKey(buffer.subarray(0, length))) return 'withheld';
      hashes.set(blake3(buffer.subarray(0, length)), at);
      at += hashBytes;
    }
    return stampOf(fstatSync(file, { bigint: true })) === segment.stamp ? '' : 'changed';
  } catch (error) {
    return systemCode(error);
  } finally {
    closeSync(file);
  }
}

function readPiece(file: number, start: number, length: number): boolean {
  if (buffer.length < length) buffer = Buffer.allocUnsafeSlow(length);
  let read = 0;
  while (read < length) {
    const got = readSync(file, buffer, read, length - read, start + read);
    if (got === 0) return false;
    read += got;
  }
  return true;
}
