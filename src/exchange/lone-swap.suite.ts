import { base64urlnopad } from '@scure/base';
import type { Amount } from '../amount.ts';
import type { PeerId } from '../identity/index.ts';
import type { Call, CallPurpose } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId } from '../kernel/test-context.ts';
import { type IncomingHold, incoming } from '../money/wallet-state.ts';
import { problem } from '../problem.ts';
import { marketSettings } from '../settings/index.ts';
import { exchangeOf, type Swap, type SwapState } from './exchanges.ts';
import { ownRates, swapGave, swapReceived, swapRefused } from './index.ts';
import { drawOnRate, rateKey } from './rates.ts';
import { moveSwap, purposeOf, swapTransaction } from './swap.ts';

/** For tests: one side of a swap alone, which issues one of the two currencies itself. Alice is the other. */

export const [self, alice, bob, crowns] = [0, 1, 2, 8].map(testPeerId) as [
  PeerId,
  PeerId,
  PeerId,
  PeerId,
];
export const id = 'AAAAAAAAAAAAAAAAAAAAAA';
/** The own order of a hold, and the other's. */
export const [ours, theirs] = ['BBBBBBBBBBBBBBBBBBBBBA', 'CCCCCCCCCCCCCCCCCCCCCA'];
export const preimage = base64urlnopad.encode(new Uint8Array(32).fill(7));
export const wrongPreimage = base64urlnopad.encode(new Uint8Array(32).fill(8));

export const swapStates = {
  taker: ['asking', 'holding', 'claiming', 'exchanged', 'returning', 'returned', 'failed', 'lost'],
  maker: [
    'promised',
    'holding',
    'claiming',
    'exchanged',
    'returning',
    'returned',
    'failed',
    'lost',
  ],
} as const satisfies Record<Swap['side'], readonly SwapState[]>;

export class LoneSwap {
  readonly world: TestContext;
  readonly lock: string;
  readonly side: Swap['side'];

  /** The taker gives its own money for 60 crowns; the maker takes 40 crowns for its own. */
  constructor(side: Swap['side']) {
    const issues = { name: 'Own', symbol: 'O', fee: { flat: 0, perMillion: 0 } };
    const accepts = [{ currency: crowns, endpoints: ['https://bank:1'], solicitationFee: 0 }];
    const expires = Date.UTC(2027, 0, 1) / 1000;
    const rate = { give: crowns, get: self, numerator: 3, denominator: 2, max: 1_000, expires };
    this.side = side;
    this.world = testContext({
      self,
      settings: marketSettings.parse({ issues, accepts, exchange: { rates: [rate] } }),
    });
    this.lock = this.lockOf(preimage);
    const says = { name: 'Alice', since: 0, reason: '', endpoints: ['https://alice:1'] };
    this.world.neighbors.put({ ...says, peer: alice, list: 'secondary' });
  }

  lockOf(key: string): string {
    const bytes = base64urlnopad.decode(key);
    return base64urlnopad.encode(this.world.run((ctx) => ctx.sha256(bytes)));
  }

  get nowSeconds(): number {
    return Math.floor(this.world.now / 1000);
  }

  /** Sets the swap to a state, with its two orders but those that are not made yet. */
  put(state: SwapState, change: Partial<Swap> = {}, missing: readonly string[] = []): Swap {
    const taker = this.side === 'taker';
    const orders = taker ? { first: ours, second: theirs } : { first: theirs, second: ours };
    const made = Object.entries(orders).filter(([name]) => !missing.includes(name));
    const swap: Swap = {
      ...{ peer: alice, id, side: this.side, way: 'swap', state, sha256: this.lock },
      ...{ give: taker ? self : crowns, get: taker ? crowns : self },
      ...{ amount: 40 as Amount, got: 60 as Amount, at: this.world.now, changedAt: 0 },
      firstExpires: this.nowSeconds + 7_200,
      ...(taker && { preimage }),
      ...Object.fromEntries(made),
      ...change,
    };
    return this.world.run((ctx) => moveSwap(ctx, swap, state));
  }

  /** As when the maker promised: the rate holds for so much less. */
  promise(change: Partial<Swap> = {}): Swap {
    const pair = { give: crowns, get: self };
    const rate = this.world.run((ctx) => {
      drawOnRate(ctx, pair, 40 as Amount);
      return rateKey(ctx, pair);
    });
    const kept = rate === undefined ? change : { rate, ...change };
    // No hold stands yet.
    return this.put('promised', kept, ['first', 'second']);
  }

  /** The other's hold for this peer, as the wallet has noted it: what was agreed on, for an hour. */
  hold(change: Partial<IncomingHold> = {}, terms: Partial<IncomingHold['hold']> = {}): void {
    const { lock: sha256, world } = this;
    const amount = (this.side === 'taker' ? 60 : 40) as Amount;
    const hold: IncomingHold = {
      ...{ currency: crowns, payer: alice, order: theirs, amount, state: 'held', looks: 0 },
      ...{ transactionId: swapTransaction(id), text: '', at: world.now },
      hold: { sha256, expires: this.nowSeconds + 7_200, ...terms },
      ...change,
    };
    world.run((ctx) => ctx.tx.put(incoming, hold));
  }

  /** What the issuer said of the other's hold, and of the own. */
  received(state: 'held' | 'settled' | 'voided', order = theirs, currency = crowns): void {
    const fact = { kind: 'hold-in', state, currency, payer: alice, order } as const;
    this.world.run((ctx) => swapReceived(ctx, fact));
  }

  gave(state: 'held' | 'settled' | 'voided', shown?: string, order = ours): void {
    const purpose = purposeOf(alice, id);
    const fact = { kind: 'hold-out', state, purpose, currency: self, order } as const;
    this.world.run((ctx) => swapGave(ctx, { ...fact, ...(shown && { preimage: shown }) }));
  }

  refused(code: 'order-expired' | 'insufficient-funds', order = ours): void {
    const purpose = purposeOf(alice, id);
    const fact = { kind: 'payment-failed', purpose, currency: self, order } as const;
    this.world.run((ctx) => swapRefused(ctx, { ...fact, problem: problem(code, 'No.') }));
  }

  swap(): Swap {
    const found = this.world.run((ctx) => exchangeOf(ctx, alice, id));
    if (found?.way !== 'swap') throw new Error('There is no swap.');
    return found;
  }

  get state(): SwapState {
    return this.swap().state;
  }

  get left(): number | undefined {
    return this.world.run((ctx) => ownRates(ctx)[0]?.left);
  }

  /** The calls of this kind since the effects were last taken. */
  calls(kind: CallPurpose['kind']): readonly Call[] {
    return this.world.effects.flatMap((effect) =>
      effect.kind === 'call' && effect.call.purpose.kind === kind ? [effect.call] : [],
    );
  }

  /** What was asked of the issuer of the other's hold since the effects were last taken. */
  asked(): readonly string[] {
    return this.world
      .takeEffects()
      .flatMap((effect) =>
        effect.kind === 'call' && effect.call.purpose.kind.endsWith('-hold')
          ? [effect.call.purpose.kind]
          : [],
      );
  }
}
