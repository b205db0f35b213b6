import { copyFile, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { balanceIn } from './harness/agreement.ts';
import { freePort, TestMarket } from './harness/market.ts';
import { PeerProblem, PeerProcess } from './harness/peer.ts';
import { until } from './harness/until.ts';

describe('a peer that cannot start', () => {
  let market: TestMarket;
  let peer: PeerProcess;
  let directory: string;

  beforeAll(async () => {
    market = await TestMarket.open();
    peer = await market.trader('alice');
    directory = peer.options.dataDirectory;
    await market.give(peer, 700);
    await peer.stop();
  });
  afterAll(() => market?.close());

  /** Starts the peer in vain: the code of its problem and what it says. */
  async function refusal(of = peer): Promise<{ code: string | undefined; message: string }> {
    const started = await of.start().then(
      () => 'It started.',
      (error: unknown) => error,
    );
    if (!(started instanceof PeerProblem)) throw new Error(String(started));
    return { code: started.code, message: started.message };
  }

  /** Nothing was lost: the same key, the same money. Ends the peer again. */
  async function checkWhole(of = peer, money = 700): Promise<void> {
    const { self } = of;
    await of.start();
    expect(of.self).toBe(self);
    expect(balanceIn(await of.ask('books'), market.currency, 'assets:balance')).toBe(money);
    await of.stop();
  }

  it('names the port that another program uses, and starts when it is free', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(peer.port, '127.0.0.1', resolve));
    const { code, message } = await refusal();
    expect(code).toBe('port-in-use');
    expect(message).toContain(`Port ${peer.port}`);
    expect(message).toContain('choose another one in the settings');
    await new Promise((resolve) => other.close(resolve));
    await checkWhole();
  });

  it('names the living process that has its data directory, and takes it when that is killed', async () => {
    await peer.start();
    const second = new PeerProcess('second', peer.options);
    const { code, message } = await refusal(second);
    expect(code).toBe('data-directory-locked');
    expect(message).toContain(directory);
    expect(message).toMatch(/Process \d+ already runs.*end it first, or choose another/);
    expect(await peer.ask('card')).toContain('.');
    await peer.kill();
    await checkWhole();
  });

  it('refuses a wrong passphrase and none, and opens with the right one', async () => {
    const sealed = new PeerProcess('sealed', {
      dataDirectory: join(market.root, 'sealed'),
      passphrase: 'seven camels',
      settings: { host: '127.0.0.1', port: await freePort() },
    });
    await sealed.start();
    const { self, options } = sealed;
    await sealed.stop();
    sealed.options = { ...options, passphrase: 'eight camels' };
    expect((await refusal(sealed)).code).toBe('wrong-passphrase');
    expect((await refusal(sealed)).message).toMatch(/does not open the key file. Try again/);
    const { passphrase: _, ...without } = options;
    sealed.options = without;
    expect((await refusal(sealed)).message).toMatch(/sealed: enter its passphrase/);
    sealed.options = options;
    await sealed.start();
    expect(sealed.self).toBe(self);
    await sealed.stop();
  });

  const damages = [
    [
      'settings.json that breaks off',
      'settings.json',
      '{"port": 7',
      'settings-damaged',
      /line 1.*mend it, or move it away/s,
    ],
    [
      'settings.json with a wrong value',
      'settings.json',
      '{"port": "high"}',
      'settings-damaged',
      /port: .*mend it, or move it away/s,
    ],
    [
      'neighbors.json',
      'neighbors.json',
      '[]',
      'settings-damaged',
      /neighbors\.json.*mend it, or move it away/s,
    ],
    ['key.json', 'key.json', 'no key', 'key-file-damaged', /key\.json.*Restore it from a backup/s],
    [
      'souk.db',
      'souk.db',
      'no database '.repeat(1_000),
      'database-damaged',
      /restore the newest backup/,
    ],
  ] as const;
  it.each(damages)('leaves a damaged %s as it is and says what to do', async (...damage) => {
    const [_what, name, content, code, way] = damage;
    const path = join(directory, name);
    await copyFile(path, `${path}.kept`).catch(() => undefined);
    await writeFile(path, content);
    const refused = await refusal();
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(way);
    expect(refused.message).toContain(path);
    expect(await readFile(path, 'utf8')).toBe(content);
    await rm(path);
    await rename(`${path}.kept`, path).catch(() => undefined);
    await checkWhole();
  });

  it('finds pages that were torn out of its database', async () => {
    const path = join(directory, 'souk.db');
    await copyFile(path, `${path}.kept`);
    const { length } = await readFile(path);
    await truncate(path, Math.floor(length / 2 / 4096) * 4096);
    const refused = await refusal();
    expect(refused.code).toBe('database-damaged');
    expect(refused.message).toMatch(/left as it is.*restore the newest backup/s);
    await rename(`${path}.kept`, path);
    await checkWhole();
  });

  it('does not touch the database of a newer version', async () => {
    const path = join(directory, 'souk.db');
    const versioned = (version: number) => {
      const database = new DatabaseSync(path);
      const before = Number(database.prepare('PRAGMA user_version').get()?.['user_version']);
      database.exec(`PRAGMA user_version = ${version}`);
      database.close();
      return before;
    };
    const version = versioned(99);
    const refused = await refusal();
    expect(refused.code).toBe('database-newer');
    expect(refused.message).toMatch(/Install the newest Souk, or restore a backup/);
    versioned(version);
    await checkWhole();
  });

  it('starts with a new index of the library where that is damaged, and keeps the damaged one aside', async () => {
    const damaged = 'no database '.repeat(1_000);
    await writeFile(join(directory, 'library.db'), damaged);
    await checkWhole();
    expect(await readFile(join(directory, 'library-damaged.db'), 'utf8')).toBe(damaged);
  });

  it('starts without a shared folder that is gone, keeps it in mind, and shares it when it is back', async () => {
    await peer.start();
    const [document] = await market.shelve(peer, [5_000]);
    await peer.stop();
    const folder = join(market.root, `shelf of ${peer.name}`);
    await rename(folder, `${folder} away`);
    await peer.start();
    await until('the log names it', () => peer.log.includes('is not shared') || undefined);
    await peer.stop();
    await rename(`${folder} away`, folder);
    await peer.start();
    const listed = await until('the document is listed', async () => {
      const documents = await peer.ask('documents');
      return documents.length > 0 ? documents : undefined;
    });
    expect(listed.map(({ documentId }) => documentId)).toEqual([document?.documentId]);
    await peer.stop();
    await checkWhole();
  });
});
