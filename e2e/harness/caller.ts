import type { KeyPair, PeerClient } from '../../main/network/index.ts';
import { clientOf, type TestPeer, testPeer } from '../../main/services/test-wire.ts';
import type { Amount } from '../../src/amount.ts';
import { type Draft, draft, sealStatement } from '../../src/identity/index.ts';
import { newId, type Outcome } from '../../src/kernel/index.ts';
import {
  answers,
  bidStatement,
  cardStatement,
  contestStatement,
  type DealId,
  instructionsStatement,
  type OutgoingRequest,
  type TransferOrder,
  transferStatement,
} from '../../src/protocol/index.ts';
import type { PeerProcess } from './peer.ts';

/** Chance is the system's here: what a caller makes must not meet what another run made. */
const chance = { bytes: (count: number) => crypto.getRandomValues(new Uint8Array(count)) };
const orderSeconds = 600;

export const randomId = () => newId(chance);
export const nowSeconds = () => Math.floor(Date.now() / 1000);

/** A peer without a program behind it: it says over HTTPS exactly what a test wants it to say. */
export class Caller {
  readonly wire: TestPeer;
  /** Each a connection pool of its own, as two devices of one person have. */
  readonly devices: readonly [PeerClient, PeerClient];

  private constructor(wire: TestPeer) {
    this.wire = wire;
    this.devices = [clientOf(wire), clientOf(wire)];
  }

  static async make(): Promise<Caller> {
    return new Caller(await testPeer());
  }

  get self() {
    return this.wire.peerId;
  }

  get keyPair(): KeyPair {
    return this.wire.keyPair;
  }

  ask(
    to: Pick<PeerProcess, 'self' | 'endpoint'>,
    request: OutgoingRequest,
    device: 0 | 1 = 0,
    timeoutMs = 15_000,
  ): Promise<Outcome> {
    const call = {
      id: randomId(),
      to: { peer: to.self, endpoints: [to.endpoint] },
      request,
      purpose: { kind: 'terms', peer: to.self },
      timeoutMs,
    } as const;
    return this.devices[device].call(call);
  }

  seal(unsigned: Draft): string {
    return sealStatement(unsigned, this.wire.signer);
  }

  card(name = 'caller'): string {
    const head = { iss: this.self, iat: nowSeconds(), jti: randomId() };
    const says = { name, sequence: 1, endpoints: [], accepts: [] };
    return this.seal(draft(cardStatement, { ...head, ...says }));
  }

  /** A contest of a deal with a seller, for it to be refunded. */
  contest(seller: PeerProcess, deal: DealId): string {
    const head = { iss: this.self, iat: nowSeconds(), jti: randomId(), aud: seller.self };
    return this.seal(draft(contestStatement, { ...head, deal, reason: 'corrupt', note: '' }));
  }

  order(change: Partial<TransferOrder> & Pick<TransferOrder, 'aud' | 'payee' | 'amount'>): string {
    return this.seal(
      draft(transferStatement, {
        iss: this.self,
        iat: nowSeconds(),
        jti: randomId(),
        transactionId: 'tab',
        maxFee: 1_000 as Amount,
        exp: nowSeconds() + orderSeconds,
        ...change,
      }),
    );
  }

  async balance(bank: PeerProcess): Promise<number> {
    const outcome = await this.ask(bank, { route: 'account' });
    return answers.account.parse(bodyOf(outcome)).balance;
  }

  /** Pays at the bank and gives back the receipt. */
  async pay(bank: PeerProcess, payee: PeerProcess, amount: number): Promise<string> {
    const order = this.order({ aud: bank.self, payee: payee.self, amount: amount as Amount });
    const outcome = await this.ask(bank, { route: 'transfer', body: { order } });
    return answers.transfer.parse(bodyOf(outcome)).receipt;
  }

  /** Solicits one document, by its id or by words, from a peer that has it: its bid. */
  async bid(
    seller: PeerProcess,
    wanted: string | { readonly text: string },
    currency: string,
  ): Promise<string> {
    let bid = '';
    const query = typeof wanted === 'string' ? { documentId: wanted } : wanted;
    const request = {
      route: 'solicit',
      body: { id: randomId(), query, currency, maxPrice: 1_000, budgetMs: 2_000 },
    } as const;
    const call = {
      id: randomId(),
      to: { peer: seller.self, endpoints: [seller.endpoint] },
      request,
      purpose: { kind: 'terms', peer: seller.self },
      timeoutMs: 15_000,
    } as const;
    const outcome = await this.devices[0].call(call, (line) => {
      if (typeof line === 'object' && line !== null && 'bid' in line) bid = String(line.bid);
    });
    if (bid === '') throw new Error(`No bid: ${JSON.stringify(outcome)}`);
    return bid;
  }

  /** Buys a document: what the seller's instructions say. */
  async buy(seller: PeerProcess, documentId: string, currency: string) {
    const deal = randomId() as DealId;
    const bid = await this.bid(seller, documentId, currency);
    const accepted = await this.ask(seller, { route: 'accept', body: { bid, deal } });
    const { instructions } = answers.accept.parse(bodyOf(accepted));
    return { deal, bid, instructions: payloadOf(instructionsStatement, instructions) };
  }

  async close(): Promise<void> {
    await Promise.all(this.devices.map((device) => device.close()));
  }
}

/** The body of an answer; throws where it was refused. */
export function bodyOf(outcome: Outcome): unknown {
  if (outcome.kind === 'answered') return outcome.body;
  throw new Error(`It was not answered: ${JSON.stringify(outcome)}`);
}

/** How an outcome ended: `answered`, `unreachable` or the code of its problem. */
export function endOf(outcome: Outcome): string {
  return outcome.kind === 'refused' ? outcome.problem.code : outcome.kind;
}

/** Reads a statement that the peer under test made: its signature is checked elsewhere. */
export function payloadOf<T>(
  { schema }: { readonly schema: { parse(value: unknown): T } },
  text: string,
): T {
  const [, payload = ''] = text.split('.');
  return schema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
}

export const bidOf = (text: string) => payloadOf(bidStatement, text);
