import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeCertificate, makeKeyPair, NodeSigner } from '../main/network/index.ts';
import { marketSettings } from '../src/settings/index.ts';
import { startChild } from './child.ts';
import { titleOf, writeDocuments } from './documents.ts';
import type { EchoProcessOptions, EchoProcessReady } from './echo-process.ts';
import { drive, type LoadCaller } from './load.ts';
import type { PeerProcessOptions, PeerProcessReady } from './peer-process.ts';
import { type BenchResult, result } from './result.ts';

const documents = 100_000;
const callersCount = 16;
const durationMs = 8_000;

/** Solicitations a second answered with bids from 100,000 documents, against Express echoing the same bodies. */
export async function solicitations(directory: string): Promise<BenchResult> {
  await writeDocuments(join(directory, 'files'), documents);
  const signers = Array.from({ length: callersCount }, () => new NodeSigner(makeKeyPair()));
  const options: PeerProcessOptions = {
    dataDirectory: join(directory, 'peer'),
    role: 'peer',
    settings: {
      market: marketSettings.parse({ name: 'Bench', issues: { name: 'Bench', symbol: 'B' } }),
    },
    neighbors: signers.map(({ peerId }) => peerId),
    grant: 0,
    share: join(directory, 'files'),
  };
  const peer = await startChild<PeerProcessReady>('./peer-process.ts', options);
  await peer.ask({ kind: 'settled' });
  const callers = await Promise.all(
    signers.map((signer, i) => callerOf(signer, peer.ready.self, i)),
  );
  const load = { callers, warmupMs: 2_000, durationMs, expectStatus: 200 };
  const report = await drive({ ...load, port: peer.ready.port });
  await peer.end();
  if (report.unexpected > 0 || !report.sample.includes('"bid"')) {
    throw new Error(`A solicitation got no bid: ${report.sample}`);
  }
  const echoOptions: EchoProcessOptions = { answer: report.sample };
  const echo = await startChild<EchoProcessReady>('./echo-process.ts', echoOptions);
  const limit = await drive({ ...load, port: echo.ready.port });
  await echo.end();
  return result(
    'solicitations',
    { value: report.perSecond, unit: 'solicitations/s' },
    { limitName: 'Express echoing the same bodies over the same TLS', limit: limit.perSecond },
  );
}

/**
 * Asks for the words of one title after the other: three words, each in 750 titles of the library, all of them
 * in one or two. No title is asked for again before all others were.
 */
async function callerOf(signer: NodeSigner, currency: string, caller: number): Promise<LoadCaller> {
  let n = caller;
  return {
    identity: await makeCertificate(signer, Date.now()),
    next: () => {
      n = (n + 7_919) % documents;
      const id = randomBytes(16).toString('base64url');
      const query = { text: titleOf(n) };
      return {
        path: '/market/v1/solicitations',
        body: JSON.stringify({ id, query, currency, maxPrice: 50, budgetMs: 2_000 }),
      };
    },
  };
}
