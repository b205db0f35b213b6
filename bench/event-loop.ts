import { randomBytes } from 'node:crypto';
import { mkdir, rename } from 'node:fs/promises';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import {
  makeCertificate,
  makeKeyPair,
  NodeSigner,
  type TlsIdentity,
} from '../main/network/index.ts';
import { marketSettings } from '../src/settings/index.ts';
import { type Child, startChild } from './child.ts';
import { titleOf, writeDocuments, writeRandomFiles } from './documents.ts';
import type { LoopOrder, LoopProcessOptions, LoopProcessReady } from './loop-process.ts';
import type { PeerProcessOptions, PeerProcessReady } from './peer-process.ts';
import { type BenchResult, result } from './result.ts';

const limitMs = 50;
const mebibyte = 2 ** 20;
const documents = 10_000;
const titles = ['north wind', 'south wind', 'east wind', 'west wind'];
const askEveryMs = 60;

/**
 * How long the peer's main thread is held, at the 99th percentile, while it hashes 1 GiB, retrieves four
 * documents and answers 1,000 solicitations a minute.
 */
export async function eventLoop(directory: string): Promise<BenchResult> {
  const [shelf, large, sold] = ['shelf', 'large', 'sold'].map((name) => join(directory, name));
  if (!shelf || !large || !sold) throw new Error('There is nowhere to write.');
  await writeDocuments(shelf, documents);
  await writeRandomFiles(large, 4, 256 * mebibyte);
  await writeRandomFiles(sold, titles.length, 128 * mebibyte);
  for (const [n, title] of titles.entries()) {
    await rename(join(sold, `file-${n}.bin`), join(sold, `${title}.bin`));
  }
  const options: LoopProcessOptions = { dataDirectory: join(directory, 'peer'), share: shelf };
  const measured = await startChild<LoopProcessReady>('./loop-process.ts', options);
  const seller = await startSeller(directory, sold, measured);
  const load = await Load.of(measured);
  const work: LoopOrder = { kind: 'work', hash: large, buy: titles };
  const { p99Ms } = await measured.ask<{ p99Ms: number }>(work);
  const { asked, unexpected, sample } = await load.stop();
  await seller.end();
  await measured.end();
  if (asked === 0 || unexpected > 0) {
    throw new Error(`Of ${asked} solicitations ${unexpected} were not answered: ${sample}`);
  }
  return result(
    'event-loop',
    { value: p99Ms, unit: 'ms' },
    { limitName: 'what a person does not notice', limit: limitMs },
  );
}

/** A peer that takes the measured one's currency and is its neighbor. */
async function startSeller(
  directory: string,
  share: string,
  measured: Child<LoopProcessReady>,
): Promise<Child<PeerProcessReady>> {
  const { self, port } = measured.ready;
  const endpoints = [`https://127.0.0.1:${port}`];
  await mkdir(join(directory, 'seller'), { recursive: true });
  const options: PeerProcessOptions = {
    dataDirectory: join(directory, 'seller'),
    role: 'peer',
    settings: {
      market: marketSettings.parse({
        name: 'Seller',
        accepts: [{ currency: self, endpoints, solicitationFee: 0 }],
        creditLimit: 1_000_000,
      }),
    },
    neighbors: [self],
    grant: 0,
    share,
  };
  const seller = await startChild<PeerProcessReady>('./peer-process.ts', options);
  await seller.ask({ kind: 'settled' });
  const { card } = await seller.ask<{ card: string }>({ kind: 'card' });
  await measured.ask({ kind: 'neighbor', card } satisfies LoopOrder);
  return seller;
}

/**
 * One neighbor that asks for a bid every 60 ms, whether it was answered before or not. Where it is told that it asks
 * too much at once, as after the machine had no time for the peer, it asks again when it may.
 */
class Load {
  readonly #timer: NodeJS.Timeout;
  #asked = 0;
  #unexpected = 0;
  #sample = '';
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 16 });
  readonly #open = new Set<Promise<void>>();

  private constructor({ self, port }: LoopProcessReady, identity: TlsIdentity) {
    this.#timer = setInterval(() => this.#ask(self, port, identity), askEveryMs);
  }

  static async of(measured: Child<LoopProcessReady>): Promise<Load> {
    const signer = new NodeSigner(makeKeyPair());
    await measured.ask({ kind: 'know', peer: signer.peerId } satisfies LoopOrder);
    return new Load(measured.ready, await makeCertificate(signer, Date.now()));
  }

  /** Resolves when every question was answered. */
  async stop() {
    clearInterval(this.#timer);
    await Promise.all(this.#open);
    this.#agent.destroy();
    return { asked: this.#asked, unexpected: this.#unexpected, sample: this.#sample };
  }

  #ask(currency: string, port: number, identity: TlsIdentity): void {
    this.#asked += 1;
    const query = { text: titleOf((this.#asked * 7_919) % documents) };
    const answered = this.#untilAnswered(port, identity, () =>
      JSON.stringify({
        ...{ id: randomBytes(16).toString('base64url'), query, currency },
        ...{ maxPrice: 50, budgetMs: 2_000 },
      }),
    ).catch((error: unknown) => {
      this.#unexpected += 1;
      this.#sample = String(error);
    });
    this.#open.add(answered);
    void answered.then(() => this.#open.delete(answered));
  }

  async #untilAnswered(port: number, identity: TlsIdentity, next: () => string): Promise<void> {
    for (;;) {
      const { status, retryAfterMs } = await this.#send(port, identity, next());
      if (status === 200) return;
      if (status !== 429) throw new Error(`status ${status}`);
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }

  #send(
    port: number,
    identity: TlsIdentity,
    body: string,
  ): Promise<{ readonly status: number; readonly retryAfterMs: number }> {
    const sent = request({
      ...{ host: '127.0.0.1', port, path: '/market/v1/solicitations', method: 'POST' },
      ...{ ...identity, rejectUnauthorized: false, agent: this.#agent },
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    return new Promise((resolve, reject) => {
      sent.on('response', (response) => {
        const status = response.statusCode ?? 0;
        const retryAfterMs = Number(response.headers['retry-after'] ?? 1) * 1_000;
        response.on('close', () => resolve({ status, retryAfterMs })).resume();
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }
}
