import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CurrencyId, PeerId } from '../../src/identity/index.ts';
import type { DocumentId } from '../../src/protocol/index.ts';
import { disagreements, underWay } from './agreement.ts';
import type { PeerBooks } from './books.ts';
import { endAllPeers, PeerProcess } from './peer.ts';
import { until } from './until.ts';

export interface TestDocument {
  readonly documentId: DocumentId;
  readonly title: string;
  readonly owner: PeerProcess;
  readonly bytes: Buffer;
}

interface TraderOptions {
  /** Further currencies it takes, besides that of the bank. */
  readonly accepts?: readonly PeerProcess[];
  readonly market?: Readonly<Record<string, unknown>>;
  readonly issues?: boolean;
  readonly limits?: Readonly<Record<string, number>>;
}

/** For tests: a bank and traders, each a process of its own with a fixed port and a data directory. */
export class TestMarket {
  readonly root: string;
  readonly bank: PeerProcess;
  readonly traders: PeerProcess[] = [];
  readonly documents: TestDocument[] = [];

  private constructor(root: string, bank: PeerProcess) {
    this.root = root;
    this.bank = bank;
  }

  /** `fee` is what the bank takes of each transfer. */
  static async open(fee = { flat: 1, perMillion: 10_000 }): Promise<TestMarket> {
    const root = await mkdtemp(join(tmpdir(), 'souk-e2e-'));
    const bank = new PeerProcess('money.com', {
      dataDirectory: join(root, 'money.com'),
      role: 'issuer',
      settings: {
        host: '127.0.0.1',
        port: await freePort(),
        market: { name: 'money.com', issues: { name: 'Money', symbol: 'M', fee } },
      },
    });
    const market = new TestMarket(root, bank);
    await bank.start().catch(async (error: unknown) => {
      await market.close();
      throw error;
    });
    return market;
  }

  get currency(): CurrencyId {
    return this.bank.self;
  }

  get everybody(): readonly PeerProcess[] {
    return [this.bank, ...this.traders];
  }

  /** Starts a trader that takes the bank's money: a solicitation costs 1, a document 5 and 1 for each MiB. */
  async trader(
    name: string,
    options: TraderOptions = {},
    dataDirectory = join(this.root, name),
  ): Promise<PeerProcess> {
    const { accepts = [], market = {}, issues = false, limits = {} } = options;
    const trader = new PeerProcess(name, {
      dataDirectory,
      settings: {
        host: '127.0.0.1',
        port: await freePort(),
        limits,
        market: {
          name,
          accepts: [this.bank, ...accepts].map(({ self, endpoint }) => ({
            currency: self,
            endpoints: [endpoint],
            solicitationFee: 1,
          })),
          ...(issues
            ? {
                issues: {
                  name: `Money of ${name}`,
                  symbol: 'O',
                  fee: { flat: 0, perMillion: 20_000 },
                },
              }
            : {}),
          creditLimit: 60,
          settleAt: 20,
          ...market,
        },
      },
    });
    await trader.start();
    this.traders.push(trader);
    return trader;
  }

  /** Makes documents of the given sizes with random content and shares them. */
  async shelve(
    owner: PeerProcess,
    sizesBytes: readonly number[],
  ): Promise<readonly TestDocument[]> {
    const folder = join(this.root, `shelf of ${owner.name}`);
    await mkdir(folder, { recursive: true });
    const made = new Map<string, Buffer>(
      sizesBytes.map((size, n) => [`${owner.name} document ${n}`, randomBytes(size)]),
    );
    for (const [title, bytes] of made) await writeFile(join(folder, `${title}.bin`), bytes);
    const listed = await owner.ask('share', folder);
    const shelved = listed.flatMap(({ documentId, title }) => {
      const bytes = made.get(title);
      return bytes ? [{ documentId, title, owner, bytes }] : [];
    });
    if (shelved.length !== sizesBytes.length) throw new Error('A document was not shelved.');
    this.documents.push(...shelved);
    return shelved;
  }

  /** Makes two peers primary neighbors of each other. */
  async befriend(one: PeerProcess, other: PeerProcess, limit?: number): Promise<void> {
    const limits = limit === undefined ? {} : { limit };
    await one.ask('addNeighbor', { invite: await other.ask('card'), ...limits });
    await other.ask('addNeighbor', { invite: await one.ask('card'), ...limits });
  }

  /** Gives money to a peer and waits until it is in its books. */
  async give(payee: PeerProcess, amount: number, from = this.bank): Promise<void> {
    const currency = from.self;
    if (payee !== from) await payee.ask('follow', { currency, endpoints: [from.endpoint] });
    const paid = await from.ask('pay', { currency, payee: payee.self, amount });
    if (!paid.ok) throw new Error(paid.error.detail);
    await until(`${payee.name} has its money`, async () => {
      const { journal } = await payee.ask('books');
      const kept = journal.find((each) => each.currency === currency)?.kept;
      return (kept?.['assets:balance'] ?? 0) >= amount || undefined;
    });
  }

  books(): Promise<readonly PeerBooks[]> {
    return Promise.all(this.everybody.map((peer) => peer.ask('books')));
  }

  /** Waits until nothing is under way, then gives back everybody's books; throws where they disagree. */
  async settled(withinMs: number): Promise<readonly PeerBooks[]> {
    let open: readonly string[] = [];
    let wrong: readonly string[] = [];
    const legend = this.everybody
      .map(({ name, self }) => `${self.slice(-6)} is ${name}`)
      .join(', ');
    // A balance that is compared, entries that are asked for: what settles may stir something once more.
    return until(
      'the market comes to rest',
      async () => {
        const books = await this.books();
        open = underWay(books);
        wrong = disagreements(books);
        return open.length === 0 && wrong.length === 0 ? books : undefined;
      },
      {
        withinMs,
        everyMs: 250,
        missing: () => `${legend}\nUnder way:\n${open.join('\n')}\nWrong:\n${wrong.join('\n')}`,
      },
    );
  }

  peerOf(id: PeerId): PeerProcess | undefined {
    return this.everybody.find(({ self }) => self === id);
  }

  async close(): Promise<void> {
    await endAllPeers();
    await rm(this.root, { recursive: true, force: true });
  }
}

/** A port below those that the system gives to outgoing connections: nobody takes it between two starts. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
