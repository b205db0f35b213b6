import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEventStream } from './sse-reader.ts';

async function read(parts: readonly Uint8Array[]): Promise<string[]> {
  const found: string[] = [];
  for await (const data of readEventStream(ReadableStream.from(parts))) found.push(data);
  return found;
}

describe('the reader of an event stream', () => {
  it('gives the data of each event and leaves comments out', async () => {
    const text = ':\n\nid: 1\ndata: {"a":1}\n\n: beat\n\nid: 2\r\ndata: b\r\ndata: c\r\n\r\n';
    expect(await read([new TextEncoder().encode(text)])).toEqual(['{"a":1}', 'b\nc']);
  });

  it('gives the same wherever the stream is cut, also within a character', async () => {
    const bytes = new TextEncoder().encode('id: 1\ndata: "Größe €"\n\ndata: "✓"\n\n');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: bytes.length })), async (cuts) => {
        const sorted = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        const parts = sorted.slice(1).map((end, at) => bytes.slice(sorted[at], end));
        expect(await read(parts)).toEqual(['"Größe €"', '"✓"']);
      }),
    );
  });

  it('gives no event that was not ended', async () => {
    expect(await read([new TextEncoder().encode('data: half')])).toEqual([]);
  });
});
