import { createHash } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import type { Amount } from '../amount.ts';
import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { type Timer, takeDueTimers } from '../kernel/index.ts';
import { seededChance, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { type Receipt, type TransferOrder, transferStatement } from '../protocol/index.ts';
import { answerLcp, type LcpRequest, onLedgerTimer } from './lcp.ts';
import { supplyStatement } from './ledger-queries.ts';

/** For tests: an issuer alone, asked as its door would ask it. */

export const [alice, bob, carol] = [1, 2, 3].map(testPeerId) as [PeerId, PeerId, PeerId];
const chance = seededChance(99);
export const newId = () => base64urlnopad.encode(chance.bytes(16));
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
export const preimage = base64urlnopad.encode(new Uint8Array(32).fill(7));
export const lock = base64urlnopad.encode(sha256(new Uint8Array(32).fill(7)));
const ignore = () => undefined;

/** The members that any of the routes may answer. */
interface Body {
  readonly receipt: { readonly payload: Receipt };
  readonly deposits: readonly { readonly payload: Receipt }[];
  readonly transfers: readonly object[];
  readonly currency: { readonly payload: object };
  readonly state: string;
  readonly balance: number;
  readonly held: number;
  readonly sequence: number;
}

export interface Answered {
  readonly status?: number;
  readonly problem?: { readonly code: string; readonly members?: Record<string, unknown> };
  readonly body?: Body;
}

export function testBank() {
  let peer = newPeer();
  let exchanges = 0;
  const now = () => Math.floor(peer.now / 1000);

  function orderOf(payer: PeerId, fields: Partial<TransferOrder> = {}): Opened<TransferOrder> {
    const payload: TransferOrder = {
      iss: payer,
      iat: now(),
      jti: newId(),
      aud: peer.self,
      payee: bob,
      amount: 10 as Amount,
      transactionId: 'tab',
      maxFee: 5 as Amount,
      exp: now() + 3600,
      ...fields,
    };
    return { payload, text: sealStatement(draft(transferStatement, payload), testSigner(payer)) };
  }

  function ask(from: PeerId, request: LcpRequest): Answered | undefined {
    exchanges += 1;
    const exchange = `x${exchanges}`;
    peer.run((ctx) => answerLcp(ctx, exchange, from, request, ignore));
    return answerOf(exchange);
  }

  function bodyOf(answered: Answered | undefined): Body {
    if (!answered?.body) throw new Error('There is no answer yet.');
    return answered.body;
  }

  function answerOf(exchange: string): Answered | undefined {
    const found = peer.effects.findLast(
      (effect) => 'exchange' in effect && effect.exchange === exchange,
    );
    return found as Answered | undefined;
  }

  const pay = (order: Opened<TransferOrder>, from = order.payload.iss) =>
    ask(from, { route: 'transfer', input: { order } });
  const issue = (payee: PeerId, amount: number) =>
    pay(orderOf(peer.self, { payee, amount: amount as Amount }));
  const balance = (of: PeerId) => bodyOf(ask(of, { route: 'account', input: {} }));
  const supply = () => peer.run((ctx) => supplyStatement(ctx));

  function fireTimers(): void {
    peer.run((ctx) => {
      for (const timer of takeDueTimers(ctx, 100)) {
        onLedgerTimer(
          ctx,
          timer as Extract<Timer, { kind: 'hold-expiry' | 'poll-answer' }>,
          ignore,
        );
      }
    });
  }

  return {
    /** A new issuer, before each test. */
    open: () => {
      peer = newPeer();
    },
    peer: () => peer,
    /** The exchange of the newest request. */
    last: () => `x${exchanges}`,
    now,
    orderOf,
    ask,
    answerOf,
    bodyOf,
    pay,
    issue,
    balance,
    supply,
    fireTimers,
  };
}

function newPeer() {
  return testContext({
    sha256,
    settings: {
      issues: {
        name: 'Thalers',
        symbol: 'T',
        decimals: 2,
        fee: { flat: 1 as Amount, perMillion: 10_000 as Amount },
        redeemableFor: 'documents',
      },
    },
  });
}
