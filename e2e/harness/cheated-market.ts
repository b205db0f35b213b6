import type { ContestReason, DealId } from '../../src/protocol/index.ts';
import { balanceIn, journalWrong } from './agreement.ts';
import { Caller } from './caller.ts';
import { Cheat, type Lie } from './cheat.ts';
import { TestMarket } from './market.ts';
import type { PeerProcess } from './peer.ts';
import { until } from './until.ts';

interface Honest {
  readonly eve: PeerProcess;
  readonly alice: PeerProcess;
  readonly bob: PeerProcess;
  readonly dave: PeerProcess;
}

/** What each of the honest between adds to a price. */
export const commission = 4;

/**
 * Eve knows Alice, she knows Bob, he knows Dave, who has the documents: all of them honest programs, and primary
 * neighbors of each other. Cheats stand on Alice's secondary list, where trading may bring them.
 */
export class CheatedMarket {
  readonly market: TestMarket;
  readonly honest: Honest;
  readonly #cheats: Cheat[] = [];
  readonly #strangers: Caller[] = [];

  private constructor(market: TestMarket, honest: Honest) {
    this.market = market;
    this.honest = honest;
  }

  static async open(): Promise<CheatedMarket> {
    const market = await TestMarket.open({ flat: 0, perMillion: 0 });
    try {
      return new CheatedMarket(market, await startHonest(market));
    } catch (error) {
      await market.close();
      throw error;
    }
  }

  /** A cheat with a new name, on Alice's secondary list. */
  async meet(lie: Lie): Promise<Cheat> {
    const cheat = await Cheat.open(this.market.bank, lie);
    this.#cheats.push(cheat);
    const { alice } = this.honest;
    await alice.ask('addNeighbor', { invite: cheat.card() });
    await alice.ask('move', { peer: cheat.self, list: 'secondary', reason: 'met by trading' });
    return cheat;
  }

  /** Somebody whom nobody knows, with this much of the bank's money. */
  async stranger(amount: number): Promise<Caller> {
    const { bank, currency } = this.market;
    const stranger = await Caller.make();
    this.#strangers.push(stranger);
    const paid = await bank.ask('pay', { currency, payee: stranger.self, amount });
    if (!paid.ok) throw new Error(paid.error.detail);
    return stranger;
  }

  /** Ends as soon as all have answered; a cheat that wants its fee ahead may take its time on a busy machine. */
  search(by: PeerProcess, text: string) {
    const { currency } = this.market;
    return by.ask('search', { query: { text }, currency, maxPrice: 60, budgetMs: 10_000 });
  }

  async spent(by: PeerProcess): Promise<number> {
    return balanceIn(await by.ask('books'), this.market.currency, 'expense:purchases');
  }

  /** No unit comes into being or is lost: what the bank issued is what everybody has, cheats among them. */
  async conserved(): Promise<void> {
    let wrong: readonly string[] = [];
    const look = async () => {
      wrong = await this.#lostOrMade();
      return wrong.length === 0 || undefined;
    };
    await until('the books agree', look, { missing: () => wrong.join('\n') });
  }

  async close(): Promise<void> {
    await Promise.all([...this.#cheats, ...this.#strangers].map((each) => each.close()));
    await this.market.close();
  }

  async #lostOrMade(): Promise<readonly string[]> {
    const { currency, bank } = this.market;
    const books = await this.market.books();
    const { issued = 0, destroyed = 0 } = books.find(({ peer }) => peer === currency)?.supply ?? {};
    const callers = [...this.#cheats.map((cheat) => cheat.caller), ...this.#strangers];
    const owned = [
      ...books
        .filter(({ peer }) => peer !== currency)
        .map((each) => balanceIn(each, currency, 'assets:balance')),
      ...(await Promise.all(callers.map((caller) => caller.balance(bank)))),
    ].reduce((sum, each) => sum + each, 0);
    const exists = issued - destroyed;
    return [
      ...books.flatMap(journalWrong),
      ...(owned === exists ? [] : [`${exists} exist, ${owned} are owned`]),
    ];
  }
}

async function startHonest(market: TestMarket): Promise<Honest> {
  const settings = {
    market: {
      commission: { flat: commission, perMillion: 0 },
      pricing: [{ flat: 10, perMebibyte: 0 }],
    },
  };
  const slow = { ...settings, limits: { downloadBytesPerSecond: 300_000 } };
  const [eve, alice, bob, dave] = await Promise.all([
    market.trader('eve', slow),
    market.trader('alice', settings),
    market.trader('bob', settings),
    market.trader('dave', settings),
  ]);
  await market.befriend(eve, alice, 1_000);
  await market.befriend(alice, bob, 1_000);
  await market.befriend(bob, dave, 1_000);
  for (const trader of market.traders) await market.give(trader, 1_000);
  await market.shelve(dave, [20_000, 4 * 1024 * 1024]);
  return { eve, alice, bob, dave };
}

type Begun =
  | { readonly ok: true; readonly value: { readonly deal: DealId } }
  | { readonly ok: false };

/** Buys on a bid, and waits until the purchase is in one of these states. */
export async function buy(
  by: PeerProcess,
  bid: string | undefined,
  ...states: string[]
): Promise<DealId> {
  return await bought(by, await by.ask('buy', bid ?? ''), ...states);
}

/** Waits until a purchase that was begun is in one of these states. */
export async function bought(by: PeerProcess, begun: Begun, ...states: string[]): Promise<DealId> {
  if (!begun.ok) throw new Error('It could not be bought.');
  const { deal } = begun.value;
  await until(`purchase that is ${states}`, async () => {
    const purchase = await by.ask('purchase', deal);
    return states.includes(purchase?.state ?? '') || undefined;
  });
  return deal;
}

/** Contests and waits for the answer. */
export async function contest(
  by: PeerProcess,
  deal: DealId,
  end: string,
  reason: ContestReason = 'not-delivered',
) {
  const made = await by.ask('contest', { deal, reason, note: '' });
  if (!made.ok) throw new Error(made.error.detail);
  return await until(`contest that is ${end}`, async () => {
    const contested = (await by.ask('purchase', deal))?.contest;
    return contested?.state === end ? contested : undefined;
  });
}

/** Where a peer stands with another; undefined where it is on no list. */
export async function listOf(peer: PeerProcess, other: { readonly self: string }) {
  return (await peer.ask('lists')).find((each) => each.peer === other.self);
}
