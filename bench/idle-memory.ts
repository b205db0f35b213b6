import { join } from 'node:path';
import { marketSettings } from '../src/settings/index.ts';
import { startChild } from './child.ts';
import { writeDocuments } from './documents.ts';
import type { PeerProcessOptions, PeerProcessReady } from './peer-process.ts';
import { type BenchResult, result } from './result.ts';

const documents = 100_000;
const limitMiB = 250;

/** The resident memory of a headless peer with 100,000 documents, started anew over its index and left alone. */
export async function idleMemory(directory: string): Promise<BenchResult> {
  await writeDocuments(join(directory, 'files'), documents);
  const options: PeerProcessOptions = {
    dataDirectory: join(directory, 'peer'),
    role: 'peer',
    settings: { market: marketSettings.parse({ name: 'Idle' }) },
    neighbors: [],
    grant: 0,
    share: join(directory, 'files'),
  };
  const first = await startChild<PeerProcessReady>('./peer-process.ts', options);
  await first.ask({ kind: 'settled' });
  await first.end();
  const { share: _shared, settings: _set, ...again } = options;
  const second = await startChild<PeerProcessReady>('./peer-process.ts', {
    ...again,
    settings: {},
  });
  await second.ask({ kind: 'settled' });
  const { rssBytes } = await second.ask<{ rssBytes: number }>({ kind: 'memory' });
  await second.end();
  return result(
    'idle-memory',
    { value: rssBytes / 2 ** 20, unit: 'MiB' },
    { limitName: 'What a peer may hold while it idles', limit: limitMiB },
  );
}
