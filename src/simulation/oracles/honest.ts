import type { Change } from '../../state/index.ts';
import type { SimPeer } from '../sim-peer.ts';
import { must, type Oracle, Sums } from './oracle.ts';

interface Purchase {
  readonly deal: string;
  readonly seller: string;
  readonly currency: string;
  readonly price: number;
}
interface WalletOrder {
  readonly currency: string;
  readonly order: string;
  readonly payee: string;
  readonly amount: number;
  readonly state: string;
  readonly purpose: { readonly kind: string };
}

interface Credited {
  readonly currency: string;
  readonly payer: string;
  readonly receipt: { readonly amount: number };
}

/** What a peer writes down once when it, or somebody through it, looks for something. */
const asking: ReadonlySet<string> = new Set(['searches', 'seenSolicitations']);

/**
 * What an honest peer may lose at most to a dishonest one (paper §4): the prices it accepted and the fees of
 * what it asked, never more, whatever the other claims; and what the other has paid here, against which both
 * may set off. Tabs of a dishonest peer at an honest one stay within
 * their limit, which `TabOracle` sees to.
 */
export class HonestOracle implements Oracle {
  readonly #peerBy: (id: string) => SimPeer | undefined;
  /** By payer, payee and currency. */
  readonly #paid = new Sums();
  readonly #agreed = new Sums();
  /** How often a peer asked its neighbors, by itself or for others: each may cost the fee once. */
  readonly #asked = new Sums();
  readonly #counted = new Set<string>();
  #touched: (readonly [SimPeer, string])[] = [];

  constructor(peerBy: (id: string) => SimPeer | undefined) {
    this.#peerBy = peerBy;
  }

  take(peer: SimPeer, { of, before, after }: Change): void {
    if (of.name === 'purchases' && before === undefined && after !== undefined) {
      const { seller, currency, price } = after as Purchase;
      this.#agreed.add(`${peer.id} ${seller} ${currency}`, price);
    } else if (asking.has(of.name) && before === undefined) {
      this.#asked.add(peer.id, 1);
    } else if (of.name === 'wallet-receipts' && after !== undefined) {
      const { payer, currency, receipt } = after as Credited;
      this.#agreed.add(`${peer.id} ${payer} ${currency}`, receipt.amount);
    } else if (of.name === 'wallet-orders' && after !== undefined) {
      this.#takeOrder(peer, after as WalletOrder);
    }
  }

  /** What was agreed to and what was paid for it may be written by one input, in any order. */
  check(peer: SimPeer): void {
    if (this.#touched.length === 0) return;
    for (const [to, currency] of this.#touched) {
      const name = `${peer.id} ${to.id} ${currency}`;
      const fees = this.#asked.of(peer.id) * feeOf(to, currency);
      const [paid, agreed] = [this.#paid.of(name), this.#agreed.of(name) + fees];
      must(paid <= agreed, 'The honest pay the dishonest what they agreed to', () => {
        return `${peer.name} paid ${paid} to ${to.name} that ${to.lie}, and agreed to ${agreed}`;
      });
    }
    this.#touched = [];
  }

  #takeOrder(peer: SimPeer, { currency, order, payee, amount, state, purpose }: WalletOrder): void {
    const to = this.#peerBy(payee);
    if (purpose.kind !== 'tab' || to?.lie === undefined || peer.lie !== undefined) return;
    const name = `${peer.id} ${payee} ${currency}`;
    const key = `${name} ${order}`;
    const counts = state === 'ordered' || state === 'settled';
    if (counts === this.#counted.has(key)) return;
    this.#paid.add(name, counts ? amount : -amount);
    if (counts) this.#counted.add(key);
    else this.#counted.delete(key);
    this.#touched.push([to, currency]);
  }
}

function feeOf({ id, settings }: SimPeer, currency: string): number {
  const { accepts, ownSolicitationFee } = settings;
  if (currency === id) return ownSolicitationFee;
  return accepts.find((one) => one.currency === currency)?.solicitationFee ?? 0;
}
