import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { balanceIn } from './harness/agreement.ts';
import { Caller, endOf } from './harness/caller.ts';
import { TestMarket } from './harness/market.ts';
import { PeerProblem } from './harness/peer.ts';
import { smallDisk } from './harness/trouble.ts';

const mebibyte = 1024 ** 2;
const disk = smallDisk(12 * mebibyte);

describe.skipIf(disk === undefined)('a peer whose disk is full', () => {
  let market: TestMarket;
  const ballast = join(disk?.path ?? '', 'ballast');
  afterAll(async () => {
    await market?.close();
    disk?.remove();
  });

  /** Takes every byte that is left. */
  async function fill(): Promise<void> {
    for (let bytes = mebibyte; bytes >= 512; bytes /= 2) {
      for (let full = false; !full; ) {
        full = await writeFile(ballast, Buffer.alloc(bytes), { flag: 'a' }).then(
          () => false,
          () => true,
        );
      }
    }
  }

  it('loses nothing, says so, answers others that they may come again, and goes on with room', async () => {
    market = await TestMarket.open();
    const alice = await market.trader('alice', {}, join(disk?.path ?? '', 'alice'));
    await market.give(alice, 900);
    const caller = await Caller.make();
    await fill();
    const payment = { currency: market.currency, payee: caller.self, amount: 100 };
    const refused = await untilRefused(() => alice.ask('pay', payment));
    expect(refused).toBeInstanceOf(PeerProblem);
    expect(refused?.code).toBe('disk-full');
    expect(refused?.message).toMatch(/no room left.*Free some space and try again/s);
    const introduction = await caller.ask(alice, {
      route: 'introduce',
      body: { card: caller.card(), note: '' },
    });
    expect(endOf(introduction)).toBe('unavailable');
    const spent = 900 - balanceIn(await alice.ask('books'), market.currency, 'assets:balance');

    // Killed and started again on the full disk: it either runs or says why; its books are whole.
    await alice.kill();
    const started = await alice.start().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (started !== undefined) expect(started).toMatchObject({ code: 'disk-full' });
    await rm(ballast);
    if (!alice.isUp) await alice.start();
    const now = 900 - balanceIn(await alice.ask('books'), market.currency, 'assets:balance');
    expect(now).toBe(spent);
    expect((await alice.ask('pay', payment)).ok).toBe(true);
    const books = await market.settled(30_000);
    const fees = 1 + 1;
    const own = books.find(({ peer }) => peer === alice.self)!;
    expect(balanceIn(own, market.currency, 'assets:balance')).toBe(900 - spent - 100 - fees);
    await caller.close();
  });
});

/** The log may have room for a few more commits: asks until there is none. */
async function untilRefused(ask: () => Promise<unknown>): Promise<PeerProblem | undefined> {
  for (let tries = 0; tries < 50; tries++) {
    const refused = await ask().then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refused instanceof PeerProblem) return refused;
    if (refused !== undefined) throw refused;
  }
  return undefined;
}
