import type { Change } from '../../state/index.ts';
import type { SimPeer } from '../sim-peer.ts';
import type { JournalOracle } from './journals.ts';
import { must, type Oracle, Sums } from './oracle.ts';

interface Tab {
  readonly peer: string;
  readonly currency: string;
  readonly balance: number;
  readonly entries: number;
}
interface TabEntry {
  readonly peer: string;
  readonly currency: string;
  readonly n: number;
  readonly kind: string;
  readonly amount: number;
  readonly reference: string;
}
interface WalletOrder {
  readonly currency: string;
  readonly order: string;
  readonly payee: string;
  readonly state: string;
  readonly purpose: { readonly kind: string };
}

/**
 * Tabs: entries are numbered without a gap and add up to the balance, which is booked; no charge passes the
 * limit; a solicitation, a purchase and its refund stand there once, the refund with the price; there is
 * one payment of a debt at a time.
 */
export class TabOracle implements Oracle {
  readonly #journals: JournalOracle;
  readonly #balances = new Sums();
  readonly #counts = new Sums();
  /** What was charged or refunded, by tab, kind and reference. */
  readonly #entered = new Map<string, number>();
  readonly #paying = new Map<string, string>();
  #charged: TabEntry[] = [];
  /** As they stand after the input, which may enter something more than once. */
  readonly #touched = new Map<string, Tab>();

  constructor(journals: JournalOracle) {
    this.#journals = journals;
  }

  /** What a purchase costs its buyer after refunds, as the seller's tab has it. */
  chargedFor(seller: string, buyer: string, currency: string, deal: string): number {
    const tab = `${seller} ${buyer} ${currency}`;
    const of = (kind: string) => this.#entered.get(`${tab} ${kind} ${deal}`) ?? 0;
    return of('purchase') + of('refund');
  }

  take(peer: SimPeer, { of, before, after }: Change): void {
    switch (of.name) {
      case 'tabEntries':
        return this.#takeEntry(peer, before as TabEntry | undefined, after as TabEntry | undefined);
      case 'tabs':
        return this.#takeTab(after as Tab | undefined);
      case 'wallet-orders':
        return this.#takeOrder(peer, after as WalletOrder | undefined);
    }
  }

  check(peer: SimPeer): void {
    for (const { peer: other, currency, balance, entries } of this.#touched.values()) {
      const tab = `${peer.id} ${other} ${currency}`;
      const [sum, count] = [this.#balances.of(tab), this.#counts.of(tab)];
      must(sum === balance && count === entries, 'A tab is the sum of its entries', () => {
        return `${peer.name} keeps ${balance} after ${entries} entries; ${count} sum to ${sum}`;
      });
      const booked = this.#journals.balance(peer, currency, `assets:tab:${other}`);
      must(booked === balance, 'A tab is booked as it stands', () => {
        return `${peer.name} booked ${booked} of ${balance}`;
      });
    }
    for (const { peer: other, currency } of this.#charged) {
      const owed = this.#exposure(peer, other, currency);
      const limit = limitOf(peer, other);
      must(owed <= limit, 'No charge passes the limit', () => {
        return `${peer.name} let a peer owe ${owed}; its limit is ${limit}`;
      });
    }
    if (this.#charged.length > 0) this.#charged = [];
    if (this.#touched.size > 0) this.#touched.clear();
  }

  #takeTab(tab: Tab | undefined): void {
    if (tab) this.#touched.set(`${tab.peer} ${tab.currency}`, tab);
  }

  #exposure(peer: SimPeer, other: string, currency: string): number {
    const of = (account: string) => this.#journals.balance(peer, currency, account);
    return (
      of(`assets:tab:${other}`) + of(`liabilities:tab:${other}`) + of(`assets:transit:${other}`)
    );
  }

  #takeEntry(peer: SimPeer, before: TabEntry | undefined, after: TabEntry | undefined): void {
    must(before === undefined && after !== undefined, 'A tab entry is never changed', () => {
      return `one of ${peer.name} was`;
    });
    if (!after) return;
    const { peer: other, currency, n, kind, amount, reference } = after;
    const tab = `${peer.id} ${other} ${currency}`;
    this.#balances.add(tab, amount);
    const count = this.#counts.add(tab, 1);
    must(
      n === count,
      'Tab entries have no gap',
      () => `${peer.name} made entry ${n} the ${count}.`,
    );
    if (kind === 'solicitation' || kind === 'purchase') this.#charged.push(after);
    const name = `${tab} ${kind} ${reference}`;
    must(!this.#entered.has(name), 'Nothing is charged, paid or refunded twice', () => {
      return `${peer.name} entered a ${kind} of ${amount} again`;
    });
    this.#entered.set(name, amount);
    if (kind !== 'refund') return;
    const price = this.#entered.get(`${tab} purchase ${reference}`);
    must(price === -amount, 'A refund is the price', () => {
      return `${peer.name} refunded ${-amount} of ${price}`;
    });
  }

  #takeOrder(peer: SimPeer, order: WalletOrder | undefined): void {
    if (order?.purpose.kind !== 'tab') return;
    const debt = `${peer.id} ${order.payee} ${order.currency}`;
    const paying = this.#paying.get(debt);
    if (order.state !== 'ordered') {
      if (paying === order.order) this.#paying.delete(debt);
      return;
    }
    must(paying === undefined || paying === order.order, 'A debt has one payment at a time', () => {
      return `${peer.name} ordered a second one`;
    });
    this.#paying.set(debt, order.order);
  }
}

/** What a peer may owe here, by the person's word. */
function limitOf({ book, settings }: SimPeer, other: string): number {
  const neighbor = book.all().find(({ peer }) => peer === other);
  if (!neighbor || neighbor.list === 'undesirable') return 0;
  return neighbor.creditLimit ?? (neighbor.list === 'primary' ? settings.creditLimit : 0);
}
