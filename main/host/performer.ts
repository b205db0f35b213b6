import type { Effect } from '../../src/kernel/index.ts';
import type { Calls } from './calls.ts';
import type { Engine } from './engine.ts';
import type { Events } from './events.ts';
import type { Exchanges } from './exchanges.ts';
import type { KeptCopies } from './kept-copies.ts';
import type { PendingNeighbors } from './pending-neighbors.ts';
import type { Retrievals } from './retrievals.ts';
import type { SealedDeals } from './sealed-deals.ts';

interface Parts {
  readonly exchanges: Exchanges;
  readonly calls: Calls;
  readonly retrievals: Retrievals;
  readonly sealedDeals: SealedDeals;
  readonly copies: KeptCopies;
  readonly pendingNeighbors: PendingNeighbors;
  readonly events: Events;
  engine(): Engine;
  onFault(error: unknown): void;
}

/** Carries out what the core decided, each effect by the part that it concerns. Does not throw. */
export function performer(parts: Parts): (effect: Effect) => void {
  const { exchanges, calls, retrievals, sealedDeals, copies, pendingNeighbors, events } = parts;
  return (effect) => {
    switch (effect.kind) {
      case 'reply':
        return exchanges.reply(effect.exchange, effect.status, effect.body);
      case 'refuse':
        return exchanges.refuse(effect.exchange, effect.problem);
      case 'line':
        return exchanges.line(effect.exchange, effect.body, effect.last);
      case 'call':
        return calls.begin(effect.call, parts.engine());
      case 'hang-up':
        return calls.hangUp(effect.callId);
      case 'retrieve':
        return retrievals.begin(effect.deal);
      case 'seal':
        return sealedDeals.seal(effect.buyer, effect.deal);
      case 'unseal':
        return sealedDeals.unseal(effect.deal);
      case 'drop-copy':
        return void copies.drop(effect.documentId, effect.place).catch(parts.onFault);
      case 'neighbor':
        // A write that fails is told by the lists themselves, and made again at the next start.
        return void pendingNeighbors.put(effect.neighbor).catch(() => undefined);
      case 'event':
        return events.tell(effect.event);
    }
  };
}
