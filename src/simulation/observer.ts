import type { CallPurpose, PeerEvent } from '../kernel/index.ts';
import type { Input } from '../peer/index.ts';
import type { ProblemCode } from '../problem.ts';
import type { DealId, RouteName } from '../protocol/index.ts';
import type { Change } from '../state/index.ts';
import type { Milliseconds } from '../time.ts';
import type { SimPeer } from './sim-peer.ts';

/** A message as it is delivered: a request, a line of a streamed answer, or an answer. */
export interface Message {
  readonly at: Milliseconds;
  readonly kind: 'request' | 'line' | 'answer' | 'refusal';
  readonly from: SimPeer;
  readonly to: SimPeer;
  readonly route: RouteName;
  readonly purpose: CallPurpose['kind'] | undefined;
  /** Of a refusal. */
  readonly problem: ProblemCode | undefined;
  /** What is carried: a request's body, or an answer's. MUST NOT be changed. */
  readonly body: unknown;
}

/** A document that has come over whole. */
export interface Retrieval {
  readonly buyer: SimPeer;
  readonly serving: SimPeer;
  readonly deal: DealId;
  readonly bytes: number;
  readonly startedAt: Milliseconds;
}

/** Whoever watches a world. It MUST NOT change anything in it; what it throws ends the run. */
export interface Observer {
  /** A message was delivered, before the peer handles it. */
  readonly message?: (message: Message) => void;
  /** What a peer told its screen: bids, deals that moved, discoveries, money. */
  readonly event?: (peer: SimPeer, event: PeerEvent) => void;
  /** An input has committed, and what it wrote, in that order. Only where `watchChanges` was asked for. */
  readonly changed?: (peer: SimPeer, changes: readonly Change[]) => void;
  /** An input was handled and its effects were carried out. `undefined`: a person's command. */
  readonly handled?: (peer: SimPeer, input: Input['kind'] | undefined) => void;
  readonly started?: (peer: SimPeer) => void;
  readonly stopped?: (peer: SimPeer) => void;
  readonly retrieved?: (retrieval: Retrieval) => void;
}
