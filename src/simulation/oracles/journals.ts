import type { Change } from '../../state/index.ts';
import type { SimPeer } from '../sim-peer.ts';
import { must, type Oracle, rowOf, Sums } from './oracle.ts';

interface Head {
  readonly currency: string;
  readonly account: string;
  readonly balance: number;
}
interface Entry {
  readonly id: number;
  readonly currency: string;
  readonly postings: readonly { readonly account: string; readonly amount: number }[];
}

/**
 * Double entry: each entry sums to zero, each account is the sum of its postings, nothing that is had is
 * below zero, and an entry is never changed.
 */
export class JournalOracle implements Oracle {
  readonly #posted = new Sums();
  readonly #balances = new Sums();
  readonly #totals = new Sums();
  #touched = new Set<string>();

  /** Where an account stands by its head: for other oracles. */
  balance(peer: SimPeer, currency: string, account: string): number {
    return this.#balances.of(`${peer.index} ${currency} ${account}`);
  }

  take(peer: SimPeer, change: Change): void {
    if (change.of.name === 'journal') this.#takeEntry(peer, change);
    else if (change.of.name === 'accountHeads') this.#takeHead(peer, change);
  }

  check(peer: SimPeer): void {
    if (this.#touched.size === 0) return;
    for (const name of this.#touched) {
      const [posted, balance] = [this.#posted.of(name), this.#balances.of(name)];
      must(posted === balance, 'An account is the sum of its postings', () => {
        return `${peer.name} has ${balance} on ${name}, its postings say ${posted}`;
      });
      const currency = name.split(' ')[1] ?? '';
      const total = this.#totals.of(`${peer.index} ${currency}`);
      must(total === 0, 'A journal sums to zero', () => `that of ${peer.name} to ${total}`);
    }
    this.#touched = new Set();
  }

  #takeEntry(peer: SimPeer, change: Change): void {
    const { id, currency, postings } = rowOf<Entry>(change);
    must(change.before === undefined, 'A journal entry is never changed', () => {
      return `entry ${id} of ${peer.name} was`;
    });
    let sum = 0;
    for (const { account, amount } of postings) {
      sum += amount;
      const name = `${peer.index} ${currency} ${account}`;
      this.#posted.add(name, amount);
      this.#touched.add(name);
    }
    must(sum === 0, 'An entry sums to zero', () => `entry ${id} of ${peer.name} to ${sum}`);
  }

  #takeHead(peer: SimPeer, { before, after }: Change): void {
    const { currency, account, balance } = rowOf<Head>({ of: heads, before, after });
    const change = (after ? balance : 0) - ((before as Head | undefined)?.balance ?? 0);
    const name = `${peer.index} ${currency} ${account}`;
    this.#balances.add(name, change);
    this.#totals.add(`${peer.index} ${currency}`, change);
    this.#touched.add(name);
    const isHad = ['assets:balance', 'assets:ordered', 'assets:held'].includes(account);
    must(!isHad || balance >= 0, 'Nobody is below zero', () => {
      return `${peer.name} has ${balance} on ${account}`;
    });
  }
}

const heads = { name: 'accountHeads', key: [], indexes: {} } as const;
