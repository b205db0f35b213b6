import { describe, expect, it } from 'vitest';
import type { SharedFolder } from './file-table.ts';
import { Rescans } from './rescans.ts';

const folder = (id: number): SharedFolder => ({ id, path: `/${id}`, include: [], exclude: [] });
const nothing = { hashed: 0, failed: 0 };

function rescansOf(parts: {
  walk?(folder: SharedFolder): Promise<readonly never[]>;
  readAll?(): Promise<number>;
  tidy?(): boolean;
}): Rescans {
  const { walk = async () => [], readAll = async () => 0, tidy = () => false } = parts;
  return new Rescans({
    files: { folders: () => [folder(1), folder(2)] } as never,
    shelves: { startTidying: () => undefined, tidy } as never,
    reader: { readAll } as never,
    scanner: { walk, hash: async () => nothing } as never,
    watch: false,
  });
}

describe('a folder that is to be looked at', () => {
  it('is, also where the scan before it is still being stopped', async () => {
    const walked: number[] = [];
    const stopped = Promise.withResolvers<void>();
    const rescans = rescansOf({
      walk: async ({ id }) => {
        walked.push(id);
        if (id === 1) await stopped.promise;
        return [];
      },
    });
    rescans.request([{ folder: 1, directory: '' }]);
    rescans.stop();
    rescans.request([{ folder: 2, directory: '' }]);
    stopped.resolve();
    await rescans.settled();
    expect(walked).toEqual([1, 2]);
  });
});

describe('a document that is to be read for its words', () => {
  it('is, also where it comes while the index is being tidied', async () => {
    let read = 0;
    const rescans = rescansOf({
      readAll: async () => (++read === 1 ? 1_000 : 0),
      tidy: () => {
        rescans.readSoon();
        return false;
      },
    });
    rescans.readSoon();
    await rescans.settled();
    expect(read).toBe(2);
  });
});
