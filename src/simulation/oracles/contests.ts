import type { Change } from '../../state/index.ts';
import type { Milliseconds } from '../../time.ts';
import type { SimPeer } from '../sim-peer.ts';
import { must, type Oracle } from './oracle.ts';

interface Contested {
  readonly deal: string;
  readonly contest?: {
    readonly at: Milliseconds;
    readonly reason: string;
    readonly delivery?: string;
    readonly contradicted?: boolean;
  };
}
interface Purchase extends Contested {
  readonly purpose: { readonly kind: string };
  readonly history: readonly { readonly state: string; readonly at: Milliseconds }[];
}
interface Sale extends Contested {
  readonly buyer: string;
}

/**
 * Whoever denies what it has confirmed is seen to lie, however it dates its words; nobody is that contested before
 * the document was here (paper §4, protocol 7).
 */
export class ContestOracle implements Oracle {
  readonly #peerBy: (id: string) => SimPeer | undefined;

  constructor(peerBy: (id: string) => SimPeer | undefined) {
    this.#peerBy = peerBy;
  }

  take(peer: SimPeer, { of, after }: Change): void {
    if (after === undefined) return;
    if (of.name === 'purchases') this.#takePurchase(peer, after as Purchase);
    if (of.name === 'sales') this.#takeSale(peer, after as Sale);
  }

  check(): void {
    // Each change is judged by itself.
  }

  #takePurchase({ name }: SimPeer, { purpose, deal, history, contest }: Purchase): void {
    if (purpose.kind !== 'self' || !contest?.contradicted) return;
    const wasHere = history.some(({ state, at }) => state === 'delivered' && at <= contest.at);
    must(wasHere, 'Nobody honest is seen to lie', () => `${name} contested ${deal}`);
  }

  #takeSale({ name }: SimPeer, { buyer, deal, contest }: Sale): void {
    if (contest?.delivery === undefined || this.#peerBy(buyer)?.lie !== 'denies') return;
    const isSeen = contest.contradicted === true || contest.reason === 'not-as-described';
    must(isSeen, 'Who denies what it confirmed is seen to lie', () => `${deal}, sold by ${name}`);
  }
}
