import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MethodOutput } from '../main/bridge/contract.ts';

/** The command line as a person types it: real processes, real files, real money between two peers. */

const launcher = fileURLToPath(new URL('../main/cli/souk.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'souk-cli-'));
const inFolder = (name: string) => join(folder, name);
const content = randomBytes(2_500_000);

interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

function souk(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [launcher, ...args], (_error, stdout, stderr) =>
      resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end();
  });
}

interface StartedPeer {
  readonly process: ChildProcess;
  readonly id: string;
  /** A command of this peer that must end well; its one JSON value. */
  json<T>(...args: string[]): Promise<T>;
  text(...args: string[]): Promise<string>;
  run(...args: string[]): Promise<Ran>;
}

async function startPeer(name: string, ...args: string[]): Promise<StartedPeer> {
  const data = inFolder(name);
  const child = spawn(
    process.execPath,
    [launcher, 'peer', '--json', '--data', data, '--name', name, '--host', '127.0.0.1', ...args],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const told = await new Promise<{ peer: string }>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (part) => {
      text += part;
      if (text.endsWith('}\n')) resolve(JSON.parse(text));
    });
    child.on('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
  });
  const run = (...given: string[]) => souk(...given, '--data', data);
  const well = async (...given: string[]) => {
    const ran = await run(...given);
    if (ran.code !== 0) throw new Error(`souk ${given.join(' ')}: ${ran.stderr}${ran.stdout}`);
    return ran.stdout;
  };
  return {
    process: child,
    id: told.peer,
    run,
    text: well,
    json: async (...given) => JSON.parse(await well(...given, '--json')),
  };
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.on('exit', (code) => resolve(code)));
}

describe('the command line', () => {
  let alice: StartedPeer;
  let bob: StartedPeer;

  beforeAll(async () => {
    [alice, bob] = await Promise.all([
      startPeer('Alice', '--port', '0'),
      startPeer('Bob', '--port', '0'),
    ]);
  });
  afterAll(async () => {
    for (const { process: child } of [alice, bob]) child.kill('SIGTERM');
    await Promise.all([alice, bob].map(({ process: child }) => ended(child)));
    rmSync(folder, { recursive: true, force: true });
  });

  it('keeps the token by which a peer is driven from other users', () => {
    const file = join(folder, 'Alice', 'control.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      token: expect.stringMatching(/^[\w-]{43}$/),
    });
  });

  it('makes neighbors of two peers by their invites, as a file and as a link', async () => {
    await alice.text('invite', '--file', inFolder('alice.souk'));
    await bob.text('neighbors', 'add', inFolder('alice.souk'), '--reason', 'met at the fair');
    const { link } = await bob.json<MethodOutput<'peer.invite'>>('invite');
    await alice.text('neighbors', 'add', link);
    expect(await bob.json('neighbors')).toMatchObject({
      total: 1,
      neighbors: [{ peer: alice.id, name: 'Alice', list: 'primary', reason: 'met at the fair' }],
    });
    expect(await alice.text('neighbors')).toMatch(/^name +id +list/);
  });

  it('says to whom issues no currency yet how to, and where those of others are', async () => {
    const ran = await bob.run('currency');
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(/souk currency create .* souk wallet/s);
  });

  it('issues a currency, and gives some of it away', async () => {
    await alice.text('currency', 'create', 'ALC', 'Alice coins', '--decimals', '2');
    await bob.text('currency', 'add', 'alice');
    await alice.text('currency', 'issue', 'bob', '3.50');
    await expect.poll(() => bob.text('wallet'), { timeout: 30_000 }).toContain('3.50 ALC');
    expect(await alice.text('currency')).toMatch(/issued +3\.50 ALC/);
  });

  it('shares a folder by its rules, and says what is on offer', async () => {
    const papers = inFolder('papers');
    mkdirSync(papers);
    writeFileSync(join(papers, 'tide tables.pdf'), content);
    writeFileSync(join(papers, 'secret.txt'), 'not to be sold');
    await alice.text('share', papers, '--exclude', 'secret*');
    expect(await alice.text('library')).toMatch(/application\/pdf +0\.\d\d ALC +b3-/);
    expect(await alice.json('library')).toMatchObject({
      total: 1,
      documents: [
        { title: 'tide tables', sizeBytes: content.length, mediaType: 'application/pdf' },
      ],
    });
  });

  it('spends nothing unasked: without --yes a search that costs is wrong usage', async () => {
    const ran = await bob.run('search', 'tide', '--max', '0.20', '--currency', 'ALC');
    expect(ran.code).toBe(2);
    // Alice told her new currency to her neighbors; whether her fee has come with it is a matter of moments.
    expect(ran.stderr).toMatch(/costs|did not tell their fee yet/);
    expect(await bob.json('tabs')).toMatchObject({ total: 0 });
  });

  it('searches, shows the bids, and buys one to the byte', async () => {
    const order = ['search', 'tide tables', '--max', '0.20', '--currency', 'alc', '--yes'];
    const { bids } = await bob.json<MethodOutput<'search.bids'>>(...order);
    expect(bids).toMatchObject([{ title: 'tide tables', bidder: alice.id, price: 8 }]);
    const { purchase } = await bob.json<{ purchase: MethodOutput<'deals.buy'> }>(
      'buy',
      bids[0]!.id,
    );
    expect(purchase).toMatchObject({ state: 'delivered', seller: alice.id });
    expect(readFileSync(purchase.path!).equals(content)).toBe(true);
  });

  it('says how trade with a neighbor went, and where documents were seen', async () => {
    const shown = await bob.text('neighbors', 'show', 'alice');
    expect(shown).toMatch(/delivered +1 of 1 deal; counts as 4 of 5/);
    expect(shown).toMatch(/you asked it +1 time: 1 with a bid/);
    expect(shown).toMatch(/good for .*tide/);
    expect(shown).toMatch(/bought +1 +0/);
    expect(await bob.text('directory', 'tables')).toMatch(/tide tables +Alice/);
    const order = ['search', 'tide', '--max', '0.20', '--currency', 'ALC', '--risk-adjusted'];
    const { bids } = await bob.json<MethodOutput<'search.bids'>>(...order, '--yes');
    expect(bids).toMatchObject([
      {
        list: 'primary',
        share: { good: 1, of: 1 },
        expected: { good: 4, of: 5 },
        riskAdjusted: 10,
      },
    ]);
  });

  it('says what was earned, owed and paid, and settles a tab', async () => {
    expect(await alice.text('earnings')).toContain(
      'In all: sales: 0.08 ALC, solicitation-fees: 0.02 ALC',
    );
    expect(await bob.json('tabs')).toMatchObject({ tabs: [{ peer: alice.id, netOwed: 10 }] });
    expect(await bob.json('tabs', 'discrepancies')).toMatchObject({ total: 0 });
    const again = await bob.run('search', 'tide', '--max', '0.20', '--currency', 'ALC');
    expect(again.stderr).toContain('Asking 1 neighbor costs 0.01 ALC.');
    expect(await bob.text('settle', 'alice')).toContain('Ordered 0.10 ALC for Alice.');
    await expect.poll(() => bob.text('wallet'), { timeout: 30_000 }).toContain('3.40 ALC');
    for (const peer of [alice, bob]) {
      expect(await peer.json('journal')).toMatchObject({ balanced: true });
    }
  });

  it('shows both sides of a deal, by the beginning of its id', async () => {
    const { deals } = await bob.json<MethodOutput<'deals.list'>>('deals');
    const shown = await alice.json('deals', 'show', deals[0]!.deal.slice(0, 8));
    expect(shown).toMatchObject({
      sides: [{ deal: { side: 'sale', state: 'delivered', buyer: bob.id, supply: 'shelf' } }],
    });
  });

  it('says by its exit code and one JSON value why it did not do something', async () => {
    expect((await bob.run('buy', 'nothing')).code).toBe(1);
    const refused = await bob.run('send', 'alice', '1000', '--currency', 'ALC', '--json');
    expect(refused.code).toBe(1);
    expect(JSON.parse(refused.stdout)).toMatchObject({
      error: { code: 'insufficient-funds', members: { balance: 340 } },
    });
    expect((await bob.run('send', 'alice', '0.001', '--currency', 'ALC')).stderr).toContain(
      'decimals',
    );
    expect((await bob.run('send', 'nobody', '1')).code).toBe(2);
    expect((await bob.run('dance')).code).toBe(2);
    expect((await souk('status', '--data', inFolder('nowhere'))).code).toBe(3);
  });

  it('contests a deal once; its neighbor refunds it, and both show why', async () => {
    const { deals } = await bob.json<MethodOutput<'deals.list'>>('deals');
    const deal = deals[0]!.deal.slice(0, 8);
    const contest = ['deals', 'contest', deal, '--reason', 'not-as-described'];
    await bob.text(...contest, '--note', 'It is about tides of the Moon.');
    await expect
      .poll(() => bob.text('deals', 'show', deal), { timeout: 30_000 })
      .toMatch(/not-as-described \(It is about tides of the Moon\.\): refunded/);
    expect((await bob.run(...contest)).code).toBe(1);
    expect(await alice.text('deals', 'show', deal)).toMatch(/evidence +souk-contest/);
    expect(await alice.json('deals', '--progress', 'contested')).toMatchObject({
      deals: [{ contest: { outcome: 'refunded' } }],
    });
    expect(await alice.text('earnings')).toContain('In all: solicitation-fees: 0.02 ALC');
  });

  it('watches for what it is told, and lets it buy within its limits only when told so', async () => {
    expect(await bob.text('watches')).toBe('Nothing is watched.\n');
    const order = ['watch', 'star charts', '--max', '0.20', '--currency', 'ALC', '--every', '60'];
    expect((await bob.run(...order)).stderr).toContain("required option '--fees <amount>'");
    const saved = await bob.json<MethodOutput<'search.save'>>(...order, '--fees', '0.05');
    expect(saved).toMatchObject({
      query: { text: 'star charts' },
      offers: [{ maxPrice: 20, feesMax: 5 }],
      everyMs: 3_600_000,
    });
    expect(saved).not.toHaveProperty('buying');
    const id = saved.id.slice(0, 10);
    expect(await bob.text('watches')).toMatch(
      /star charts, at most 0\.20 ALC, every 60 min .*\n.*\n +it buys nothing by itself/,
    );
    const limits = ['--budget', '0.50', '--documents', '3', '--per-day', '2', '--risk-adjusted'];
    expect(await bob.text('watches', 'buy', id, ...limits)).toContain(
      'buying is on: 0 of 3, today 0 of 2, 0.00 ALC of 0.50 ALC',
    );
    expect(await bob.json('watches', 'list')).toMatchObject({
      searches: [{ buying: { state: 'on', compare: 'risk-adjusted', bought: [], left: [] } }],
    });
    expect(await bob.text('watches', 'stop', id)).toContain('nothing more is begun');
    expect(await bob.json('watches', 'stop')).toEqual({ stopped: 0 });
    expect(await bob.text('watches')).toContain('buying is stopped');
    await bob.text('watches', 'forget', id);
    expect(await bob.json('watches')).toEqual({ searches: [] });
  });

  it('says what is wrong with what it should watch, by text, exit code and JSON', async () => {
    const found = await bob.json<MethodOutput<'search.save'>>(
      ...['watch', `b3-${'a'.repeat(52)}`, '--max', '1', '--fees', '0', '--currency', 'ALC'],
    );
    expect(found).toMatchObject({ query: { documentId: expect.any(String) }, everyMs: 86_400_000 });
    const wrong = [
      [['watches', 'buy', 'none', '--budget', '1'], 'No watched search'],
      [['watches', 'stop', 'none'], 'No watched search'],
      [['watches', 'forget', 'none'], 'No watched search'],
      [['watches', 'buy', found.id], "required option '--budget <amount>'"],
      [['watches', 'buy', found.id, '--budget', '1', '--documents', '0'], 'whole number'],
      [['watch', 'x', '--max', '1', '--fees', '0', '--every', '0'], 'whole number'],
      [['watch', 'x', '--max', '1', '--fees', '0', '--currency', 'EUR'], 'no currency "EUR"'],
    ] as const;
    for (const [given, said] of wrong) {
      const ran = await bob.run(...given);
      expect([given, ran.code, ran.stdout]).toEqual([given, 2, '']);
      expect(ran.stderr).toContain(said);
    }
    const told = await bob.run('watches', 'stop', 'none', '--json');
    expect([told.code, told.stderr]).toEqual([2, '']);
    expect(JSON.parse(told.stdout)).toMatchObject({ error: { code: 'bad-request' } });
    const endless = ['watch', 'w'.repeat(257), '--max', '1', '--fees', '0', '--currency', 'ALC'];
    const fine = ['watches', 'buy', found.id, '--budget', '0.001'];
    for (const given of [endless, fine]) expect((await bob.run(...given)).code).toBe(1);
    expect((await souk('watch', '--help')).stdout).toContain('It buys nothing unless you let it');
    expect((await souk('watches', '--help')).stdout).toMatch(/buy .*\n.*stop .*\n.*forget/s);
    await bob.text('watches', 'forget', found.id);
  });

  it('trades by the policy that it is told', async () => {
    expect(await bob.text('policy')).toContain('Policy 1');
    expect(await bob.json('policy', '2')).toEqual({ policy: 2 });
    expect((await bob.run('policy', '4')).code).toBe(2);
    expect(await bob.json('neighbors')).toMatchObject({
      neighbors: [{ list: 'primary', solicited: 'everybody', marks: [] }],
    });
  });

  it('refuses a second peer on the same data, and a port that is taken', async () => {
    const second = await souk('peer', '--data', inFolder('Alice'));
    expect(second).toMatchObject({
      code: 11,
      stderr: expect.stringContaining('data-directory-locked'),
    });
    const port = new URL((await alice.json<MethodOutput<'peer.status'>>('status')).endpoints[0]!)
      .port;
    const other = await souk(
      'peer',
      '--data',
      inFolder('other'),
      '--host',
      '127.0.0.1',
      '--port',
      port,
    );
    expect(other).toMatchObject({ code: 10, stderr: expect.stringContaining('port-in-use') });
  });

  it('backs a peer up and restores it under the same key, without its control token', async () => {
    await bob.text('backup', inFolder('bob.backup'));
    const restored = inFolder('restored');
    expect((await souk('restore', inFolder('bob.backup'), '--data', restored)).code).toBe(0);
    expect(existsSync(join(restored, 'control.json'))).toBe(false);
    expect((await souk('status', '--data', restored)).code).toBe(3);
    const key = JSON.parse(readFileSync(join(restored, 'key.json'), 'utf8'));
    expect(key).toMatchObject({ peerId: bob.id });
  });

  it('ends in good order at a signal, at a word and with its terminal, and leaves no way in', async () => {
    const carol = await startPeer('Carol', '--port', '0');
    carol.process.kill('SIGHUP');
    alice.process.kill('SIGTERM');
    await bob.text('stop');
    const processes = [alice, bob, carol].map(({ process: child }) => child);
    expect(await Promise.all(processes.map(ended))).toEqual([0, 0, 0]);
    for (const name of ['Alice', 'Bob', 'Carol']) {
      expect(existsSync(join(folder, name, 'control.json'))).toBe(false);
      expect((await souk('status', '--data', inFolder(name))).code).toBe(3);
    }
  });
});
