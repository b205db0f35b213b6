import type { PeerId } from '../../identity/index.ts';
import type { Change } from '../../state/index.ts';
import type { Milliseconds } from '../../time.ts';
import type { SimPeer } from '../sim-peer.ts';
import { must, type Oracle } from './oracle.ts';

interface Deal {
  readonly deal: string;
  readonly state: string;
  readonly price: number;
  readonly documentId: string;
  readonly deadlineAt: Milliseconds;
  /** Of a purchase: how long its seller is waited for, and whose sale waits for it. */
  readonly withinMs?: Milliseconds;
  readonly seller?: PeerId;
  readonly purpose?: { readonly kind: string; readonly buyer?: string; readonly deal?: string };
}
interface AccessKey {
  readonly key: string;
  readonly state: string;
  readonly openedBy?: string;
}

/** What a state may need past its end: a timer fires at once, a last call may still be under way. */
const graceMs: Readonly<Record<string, Milliseconds>> = {
  ...{ paying: 5_000, opening: 5_000, retrieving: 5_000, instructed: 5_000 },
};
const graceMsMax = 15 * 60_000;

/** Into which states a state may go (docs/states.md); what stays in its state is not asked. */
const purchaseMoves: Readonly<Record<string, readonly string[]>> = {
  accepting: ['preparing', 'paying', 'agreed', 'opening', 'passed-on', 'failed', 'expired'],
  preparing: ['agreed', 'opening', 'passed-on', 'failed', 'paying'],
  paying: ['accepting', 'failed'],
  agreed: ['holding', 'passed-on', 'failed', 'expired'],
  opening: ['retrieving', 'failed', 'expired'],
  retrieving: ['holding', 'unsealing', 'delivered', 'failed', 'expired'],
  holding: ['unsealing', 'passed-on', 'delivered', 'failed', 'expired'],
  unsealing: ['delivered', 'failed', 'expired'],
  expired: ['delivered', 'failed'],
  failed: ['accepting', 'delivered', 'unsealing', 'passed-on'],
  delivered: [],
  'passed-on': [],
};
const saleMoves: Readonly<Record<string, readonly string[]>> = {
  buying: ['instructed', 'retrieving', 'refunded', 'lapsed'],
  retrieving: ['instructed', 'refunded'],
  sealing: ['instructed', 'refunded', 'lapsed'],
  instructed: ['holding', 'claiming', 'delivered', 'closed', 'refunded', 'lapsed'],
  holding: ['claiming', 'delivered', 'lapsed', 'closed'],
  claiming: ['delivered', 'lapsed', 'closed'],
  lapsed: ['claiming', 'delivered'],
  closed: ['delivered'],
  delivered: [],
  refunded: [],
};
const keyMoves: Readonly<Record<string, readonly string[]>> = {
  unopened: ['unopened', 'opened', 'revoked'],
  opened: ['opened', 'spent', 'revoked'],
  spent: ['spent', 'revoked'],
  // A buyer's word that comes after its contest is kept all the same; the key opens nothing any more.
  revoked: ['revoked', 'spent'],
};

/** Deals go from state to state as drawn, at one price; an access key serves one peer and is spent once. */
export class DealOracle implements Oracle {
  /** The deals that are not at an end, by peer and deal: their deadlines are looked at now and then. */
  readonly #open = new Map<string, { readonly peer: SimPeer; readonly deal: Deal }>();
  /** How long each purchase waits, by buyer and deal. */
  readonly #waits = new Map<string, Milliseconds>();

  take(peer: SimPeer, { of, before, after }: Change): void {
    if (of.name === 'purchases' || of.name === 'sales') {
      const moves = of.name === 'purchases' ? purchaseMoves : saleMoves;
      this.#takeDeal(peer, of.name, moves, before as Deal | undefined, after as Deal | undefined);
    } else if (of.name === 'accessKeys') {
      takeKey(peer, before as AccessKey | undefined, after as AccessKey | undefined);
    }
  }

  check(): void {
    // Deals are judged change by change.
  }

  /** The deals that are still in a state long after its deadline, although their peer was up. */
  overdue(now: Milliseconds, upSince: (peer: SimPeer) => Milliseconds): readonly string[] {
    const late: string[] = [];
    for (const { peer, deal } of this.#open.values()) {
      const overMs = now - Math.max(deal.deadlineAt - peer.clockAheadMs, upSince(peer));
      if (peer.up && overMs > (graceMs[deal.state] ?? graceMsMax))
        late.push(`a deal of ${peer.name} is ${deal.state} ${overMs} ms after its end`);
    }
    return late;
  }

  #takeDeal(
    peer: SimPeer,
    side: 'purchases' | 'sales',
    moves: Readonly<Record<string, readonly string[]>>,
    before: Deal | undefined,
    after: Deal | undefined,
  ): void {
    must(after !== undefined, 'Deals are kept for good', () => `${peer.name} dropped one`);
    if (!after) return;
    const name = `${side} ${peer.index} ${after.deal}`;
    const { state } = after;
    const ended =
      (moves[state] ?? []).length === 0 ||
      ['failed', 'expired', 'closed', 'lapsed'].includes(state);
    if (ended) this.#open.delete(name);
    else this.#open.set(name, { peer, deal: after });
    if (!before) {
      takeSeller(peer, after);
      return this.#takeWait(peer, after);
    }
    const same = before.price === after.price && before.documentId === after.documentId;
    must(same, 'A deal keeps its price and its document', () => `one of ${peer.name} changed them`);
    const moved = before.state === state || (moves[before.state] ?? []).includes(state);
    must(moved, 'Deals move as their states allow', () => {
      return `one of the ${side} of ${peer.name} went from ${before.state} to ${state}`;
    });
  }

  /** A link gives its supplier less time than its buyer gives it. */
  #takeWait(peer: SimPeer, { deal, withinMs, purpose }: Deal): void {
    if (withinMs === undefined) return;
    this.#waits.set(`${peer.id} ${deal}`, withinMs);
    const { buyer, deal: sold } = purpose ?? {};
    const longest = this.#waits.get(`${buyer} ${sold}`) ?? Number.POSITIVE_INFINITY;
    must(withinMs < longest, 'Deadlines fall toward the source', () => {
      return `${peer.name} waits ${withinMs} ms, its buyer ${longest} ms`;
    });
  }
}

/** Nobody exposes its buyers to peers that it would not ask for them (§4). */
function takeSeller({ name, book, settings }: SimPeer, { seller, purpose }: Deal): void {
  if (seller === undefined || purpose?.kind !== 'resale') return;
  const list = book.get(seller)?.list;
  const asked = list === 'primary' || (list === 'secondary' && settings.policy === 3);
  must(asked, 'Callers are not exposed to peers that are not asked for them', () => {
    return `${name} buys for another from a peer that is ${list} under policy ${settings.policy}`;
  });
}

function takeKey(peer: SimPeer, before: AccessKey | undefined, after: AccessKey | undefined): void {
  if (!before || !after) return;
  const stays = before.openedBy === undefined || before.openedBy === after.openedBy;
  must(stays, 'An access key serves one peer', () => `one of ${peer.name} was opened by two`);
  const onward = (keyMoves[before.state] ?? []).includes(after.state);
  must(
    onward,
    'A spent access key stays spent',
    () => `one of ${peer.name} was ${before.state} and is ${after.state}`,
  );
}
