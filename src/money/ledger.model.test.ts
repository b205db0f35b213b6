import { base64urlnopad } from '@scure/base';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, type Opened, type PeerId, sealStatement } from '../identity/index.ts';
import { takeDueTimers } from '../kernel/index.ts';
import { type TestContext, testContext, testPeerId, testSigner } from '../kernel/test-context.ts';
import { type TransferOrder, transferStatement } from '../protocol/index.ts';
import { fulfilHold, voidHold } from './holds.ts';
import { onLedgerTimer } from './lcp.ts';
import { transfer } from './ledger.ts';
import { dropWaitingPolls } from './ledger-deposits.ts';
import { supplyStatement } from './ledger-queries.ts';
import { accountOf } from './ledger-state.ts';

/** A second opinion: the ledger told again as two maps, without tables, receipts or sequences. */
class Model {
  readonly balances = new Map<PeerId, number>();
  readonly held = new Map<string, { payer: PeerId; payee: PeerId; amount: number; fee: number }>();
  readonly done = new Set<string>();

  balance(of: PeerId): number {
    return this.balances.get(of) ?? 0;
  }
  move(of: PeerId, change: number): void {
    this.balances.set(of, this.balance(of) + change);
  }
}

const peers = [0, 1, 2, 3].map(testPeerId);
const issuer = peers[0]!;
const preimage = base64urlnopad.encode(new Uint8Array(32).fill(1));

type Step =
  | { kind: 'pay'; from: number; to: number; amount: number; hold: boolean }
  | { kind: 'repeat' | 'fulfil' | 'void'; which: number }
  | { kind: 'pass'; seconds: number }
  | { kind: 'restart' };

const peer = fc.nat({ max: peers.length - 1 });
const which = fc.nat({ max: 30 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      from: peer,
      to: peer,
      amount: fc.integer({ min: 1, max: 60 }),
      hold: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('repeat' as const, 'fulfil' as const, 'void' as const),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      seconds: fc.integer({ min: 1, max: 40 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'restart' as const }) },
);

function orderOf(
  bank: TestContext,
  n: number,
  s: Extract<Step, { kind: 'pay' }>,
): Opened<TransferOrder> {
  const iat = Math.floor(bank.now / 1000);
  const payer = peers[s.from]!;
  const payload: TransferOrder = {
    iss: payer,
    iat,
    jti: base64urlnopad.encode(new Uint8Array(16).fill(n)),
    aud: issuer,
    payee: peers[s.to]!,
    amount: s.amount as Amount,
    transactionId: 't',
    maxFee: 100 as Amount,
    exp: iat + 60,
    ...(s.hold ? { hold: { sha256: lockOf(bank), expires: iat + 30 } } : {}),
  };
  return { payload, text: sealStatement(draft(transferStatement, payload), testSigner(payer)) };
}

const lockOf = (bank: TestContext) =>
  bank.run((ctx) => base64urlnopad.encode(ctx.sha256(base64urlnopad.decode(preimage))));

function apply(model: Model, order: TransferOrder): void {
  const { iss, payee, amount, jti } = order;
  if (model.done.has(jti)) return;
  const fee = iss === issuer ? 0 : 1 + Math.ceil(amount / 10);
  if (iss === payee || (iss !== issuer && model.balance(iss) < amount + fee)) return;
  model.done.add(jti);
  if (iss !== issuer) model.move(iss, -amount - fee);
  if (order.hold) model.held.set(jti, { payer: iss, payee, amount, fee });
  else if (payee !== issuer) model.move(payee, amount);
}

function close(model: Model, jti: string, settle: boolean): void {
  const hold = model.held.get(jti);
  if (!hold) return;
  model.held.delete(jti);
  const { payer, payee, amount, fee } = hold;
  if (settle && payee !== issuer) model.move(payee, amount);
  if (!settle && payer !== issuer) model.move(payer, amount + fee);
}

function play(steps: readonly Step[]): void {
  const bank = testContext({
    self: issuer,
    settings: {
      issues: {
        name: 'M',
        symbol: 'M',
        decimals: 0,
        fee: { flat: 1 as Amount, perMillion: 100_000 as Amount },
        redeemableFor: 'x',
      },
    },
  });
  const model = new Model();
  const orders: Opened<TransferOrder>[] = [];
  const watch = () => undefined;
  const give = (order: Opened<TransferOrder>) => {
    const live = order.payload.exp + 120 >= Math.floor(bank.now / 1000);
    const open = !order.payload.hold || order.payload.hold.expires * 1000 > bank.now;
    if (live && open) apply(model, order.payload);
    bank.run((ctx) => transfer(ctx, order.payload.iss, { order }, watch));
  };
  const act = (s: Step) => {
    switch (s.kind) {
      case 'pay': {
        const order = orderOf(bank, orders.length, s);
        orders.push(order);
        return give(order);
      }
      case 'pass':
        bank.now += s.seconds * 1000;
        for (const { payload } of orders) {
          if (payload.hold && payload.hold.expires * 1000 <= bank.now)
            close(model, payload.jti, false);
        }
        return bank.run((ctx) => {
          for (const timer of takeDueTimers(ctx, 100)) {
            if (timer.kind === 'hold-expiry') onLedgerTimer(ctx, timer, watch);
          }
        });
      case 'restart':
        return bank.run(dropWaitingPolls);
      default: {
        const order = orders[s.which];
        if (!order) return;
        const { jti, payee } = order.payload;
        if (s.kind === 'repeat') return give(order);
        close(model, jti, s.kind === 'fulfil');
        bank.run((ctx) => {
          if (s.kind === 'fulfil') fulfilHold(ctx, payee, { jti, preimage }, watch);
          else voidHold(ctx, payee, { jti }, watch);
        });
      }
    }
  };
  for (const s of steps) {
    act(s);
    compare(bank, model);
  }
}

function compare(bank: TestContext, model: Model): void {
  const all = bank.run((ctx) => supplyStatement(ctx));
  expect(all.issued - all.destroyed).toBe(all.sumOfBalances + all.sumOfHeld);
  for (const id of peers.slice(1)) {
    expect(bank.run((ctx) => accountOf(ctx, id).balance)).toBe(model.balance(id));
  }
  const held = [...model.held.values()].reduce((sum, { amount, fee }) => sum + amount + fee, 0);
  expect(all.sumOfHeld).toBe(held);
}

test('what was issued less what was destroyed is what accounts and holds have, after every step', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), play), { numRuns: 150 });
});
