import type { Readable } from 'node:stream';
import { SoukError } from '../../src/problem.ts';

/** A whole body, at most `bytesMax` of it. Throws `unreachable` where it is longer. */
export async function readBody(body: Readable, bytesMax: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    const piece: Buffer = chunk;
    bytes += piece.length;
    if (bytes > bytesMax) throw tooLong(body, `its answer is longer than ${bytesMax} bytes`);
    chunks.push(piece);
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

const newline = 0x0a;

/**
 * The lines of an NDJSON body as they arrive, without their ends; empty ones are left out. Throws
 * `unreachable` where a line or all of them are longer than allowed, or there are too many: the caller hangs up.
 */
export async function* readLines(
  body: Readable,
  bounds: { readonly bytesMax: number; readonly lineBytesMax: number; readonly linesMax: number },
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let bytes = 0;
  let lines = 0;
  for await (const chunk of body) {
    const piece: Buffer = chunk;
    bytes += piece.length;
    if (bytes > bounds.bytesMax) throw tooLong(body, `it sent more than ${bounds.bytesMax} bytes`);
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = rest.indexOf(newline); end >= 0; end = rest.indexOf(newline, start)) {
      if (end - start > bounds.lineBytesMax) break;
      if (++lines > bounds.linesMax) throw tooLong(body, `it sent over ${bounds.linesMax} lines`);
      if (end > start) yield rest.subarray(start, end);
      start = end + 1;
    }
    rest = rest.subarray(start);
    if (rest.length > bounds.lineBytesMax && lineEnd(rest) > bounds.lineBytesMax) {
      throw tooLong(body, `it sent a line longer than ${bounds.lineBytesMax} bytes`);
    }
  }
  if (rest.length > 0) yield rest;
}

function lineEnd(bytes: Buffer): number {
  const end = bytes.indexOf(newline);
  return end < 0 ? bytes.length : end;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Throws `unreachable`: an answer that is no JSON is as good as none. */
export function parseAnswer(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch (cause) {
    throw new SoukError('unreachable', 'The peer did not answer in JSON.', { cause });
  }
}

function tooLong(body: Readable, why: string): SoukError {
  body.destroy();
  return new SoukError('unreachable', `The peer was hung up on: ${why}.`);
}
