import type { PeerEvent, ShelfDocument } from '../../src/kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../../src/kernel/test-context.ts';
import { type PeerSettings, peerSettings } from '../storage/index.ts';
import type { BridgePeer } from './peer-port.ts';
import { Router } from './router.ts';

/** For tests only: a peer of the test world without network, disk or key, behind a real router. */
export interface FakePeer {
  readonly router: Router;
  readonly world: TestContext;
  readonly faults: unknown[];
  stopped: boolean;
  tell(event: PeerEvent): void;
}

export const fakeDirectory = '/fake/data';

const noDownloads: BridgePeer['downloads'] = {
  list: () => [],
  pause: async () => false,
  resume: () => false,
  cancel: async () => undefined,
  setRunningMax: () => undefined,
};

function quietLibrary(documents: readonly ShelfDocument[]): BridgePeer['library'] {
  return {
    progress: { activity: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 },
    folders: () => [],
    rescan: async () => ({ hashed: 0, failed: 0, unreadable: [], stopped: false }),
    list: () => ({ total: documents.length, documents }),
  };
}

export function fakePeer(
  settings: Partial<PeerSettings['market']> = {},
  shelf: readonly ShelfDocument[] = [],
): FakePeer {
  let current = peerSettings.parse({ market: settings });
  const library = {
    search: () => shelf,
    find: (id: string) => shelf.find(({ documentId }) => documentId === id),
  };
  const world = testContext({ self: testPeerId(1), settings: current.market, library });
  const listeners = new Set<(event: PeerEvent) => void>();
  const peer: BridgePeer = {
    self: world.self,
    dataDirectory: fakeDirectory,
    role: 'peer',
    port: 7685,
    endpoints: ['https://127.0.0.1:7685'],
    startedAt: 1_000,
    run: async (work) => world.run(work),
    settings: {
      get current() {
        return current;
      },
    },
    changeSettings: async (change) => {
      current = change(current);
      world.settings = current.market;
    },
    share: async (folder) => {
      if (folder.path.includes('broken')) throw new Error('The fake library broke.');
      return folder;
    },
    unshare: async () => false,
    removeNeighbor: async (who) => world.neighbors.remove(who),
    onEvent: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    backup: async () => ({ files: ['souk.db'], leftOut: [] }),
    keyIsSealed: async () => false,
    sealKey: async () => undefined,
    downloads: noDownloads,
    library: quietLibrary(shelf),
  };
  const faults: unknown[] = [];
  const fake: FakePeer = {
    world,
    faults,
    stopped: false,
    router: new Router({
      peer,
      program: {
        version: '0.0.0',
        now: () => 61_000,
        memoryBytes: () => 1,
        stop: () => {
          fake.stopped = true;
        },
      },
      onFault: (error) => faults.push(error),
    }),
    tell: (event) => {
      for (const listener of listeners) listener(event);
    },
  };
  return fake;
}
