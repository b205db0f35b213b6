import { beforeEach, describe, expect, it } from 'vitest';
import { testPeerId } from '../../src/kernel/test-context.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import { noteUpload, speedAt, useUploads } from './transfer-rates.ts';

type Told = Parameters<typeof noteUpload>[0];

const told = (upload: number, state: Told['state'], bytesSent = 0): Told => ({
  ...{ type: 'upload', upload, state, bytesSent, bytesTotal: 100_000 },
  ...{ peer: testPeerId(1), documentId: `b3-${'a'.repeat(52)}` as DocumentId },
});
const uploads = () => useUploads.getState().uploads;

describe('the uploads that a window was told of', () => {
  beforeEach(() => useUploads.setState({ uploads: {} }));

  it('have a speed that follows what was sent between two events, and none after a silence', () => {
    noteUpload(told(1, 'sending'), 0);
    for (let second = 1; second <= 20; second++) {
      noteUpload(told(1, 'sending', 1_000 * second), 1_000 * second);
    }
    expect(speedAt(uploads()[1]!, 20_500)).toBeCloseTo(1_000, -1);
    expect(speedAt(uploads()[1]!, 24_000)).toBe(0);
  });

  it('are forgotten, the oldest first, when many have ended; those under way are not', () => {
    noteUpload(told(1, 'sending'), 0);
    for (let upload = 2; upload <= 600; upload++) noteUpload(told(upload, 'sent'), upload);
    const kept = Object.keys(uploads()).map(Number);
    expect(kept).toHaveLength(501);
    expect([kept[0], kept[1], kept.at(-1)]).toEqual([1, 101, 600]);
  });
});
