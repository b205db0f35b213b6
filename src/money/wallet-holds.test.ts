import { beforeEach, describe, expect, test } from 'vitest';
import type { HoldKey } from '../kernel/index.ts';
import { testPeerId } from '../kernel/test-context.ts';
import { claimHold, incomingHold, releaseHold } from './index.ts';
import { keyOf, MoneyWorld } from './money-world.suite.ts';

const [bank, alice, bob] = [testPeerId(0), testPeerId(1), testPeerId(2)];
const { lock, preimage } = keyOf(7);
const minuteMs = 60_000;
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.start();
  world.order(0, alice, 100);
  world.settle();
});

/** Alice holds 50 for Bob; both know. */
function held(lastsMs = 10 * minuteMs): HoldKey {
  const made = world.hold(1, bob, 50, { lock, lastsMs });
  if (!made.ok) throw new Error(made.error.detail);
  pass(3_000);
  return { currency: world.currency, payer: alice, order: made.value.order };
}

function pass(ms: number): void {
  world.settle();
  world.pass(ms);
  world.settle();
}

const out = () => world.facts(1, 'hold-out').map(({ state }) => state);
const incoming = () => world.facts(2, 'hold-in').map(({ state }) => state);
const claim = (key: HoldKey, shown = preimage) => world.run(2, (ctx) => claimHold(ctx, key, shown));
const codeOf = (result: ReturnType<typeof claim>) => (result.ok ? undefined : result.error.code);

describe('a hold between wallets', () => {
  test('binds amount and fee, and both sides hear from the issuer that it stands', () => {
    const key = held();
    expect(world.view(1)).toMatchObject({ balance: 48, ordered: 0, held: 52 });
    expect(out()).toEqual(['held']);
    expect(incoming()).toEqual(['held']);
    expect(world.peer(2).run((ctx) => incomingHold(ctx, key))).toMatchObject({
      state: 'held',
      amount: 50,
      hold: { sha256: lock },
    });
    expect(world.books(2, 'assets:balance')).toBe(0);
    world.audit();
  });

  test('settles by the preimage: the payee is paid once, and the payer learns the preimage', () => {
    const key = held();
    expect(claim(key).ok).toBe(true);
    expect(claim(key).ok).toBe(true);
    pass(30_000);
    expect(world.books(2, 'assets:balance')).toBe(50);
    expect(incoming()).toEqual(['held', 'settled']);
    expect(world.facts(1, 'hold-out').at(-1)).toMatchObject({ state: 'settled', preimage });
    expect(world.facts(1, 'paid')).toHaveLength(1);
    expect(world.view(1)).toMatchObject({ balance: 48, held: 0 });
    expect(world.books(1, 'equity:exchange')).toBe(50);
    expect(world.books(1, 'expense:transfer-fees')).toBe(2);
    expect(world.facts(2, 'deposited')).toHaveLength(1);
    expect(claim(key).ok).toBe(true);
    world.audit();
  });

  test('books a claim against the account that its part names', () => {
    const key = held();
    const cause = { kind: 'exchange', peer: alice, reason: 'Received.' } as const;
    world.run(2, (ctx) => claimHold(ctx, key, preimage, { account: 'equity:exchange', cause }));
    pass(1_000);
    expect(world.books(2, 'equity:exchange')).toBe(-50);
    expect(world.books(2, 'income:gifts')).toBe(0);
  });

  test('goes back when the payee gives it back, and the payer can spend it again', () => {
    const key = held();
    expect(world.run(2, (ctx) => releaseHold(ctx, key)).ok).toBe(true);
    pass(30_000);
    expect(out()).toEqual(['held', 'voided']);
    expect(incoming()).toEqual(['held', 'voided']);
    expect(world.view(1)).toMatchObject({ balance: 100, held: 0 });
    expect(codeOf(claim(key))).toBe('hold-closed');
    expect(world.view(1)).not.toHaveProperty('discrepancy');
    world.audit();
  });

  test('goes back at its end, and a claim that comes too late says so', () => {
    const key = held();
    claim(key);
    world.step({ loseRequest: true });
    world.settle();
    pass(11 * minuteMs);
    pass(minuteMs);
    expect(incoming()).toEqual(['held', 'voided']);
    expect(out()).toEqual(['held', 'voided']);
    expect(world.view(1)).toMatchObject({ balance: 100, held: 0 });
    expect(world.books(2, 'assets:balance')).toBe(0);
    world.audit();
  });

  test('an order for one that arrives after its end never begins', () => {
    world.hold(1, bob, 50, { lock, lastsMs: minuteMs });
    world.step({ loseRequest: true });
    pass(5 * minuteMs);
    expect(world.facts(1, 'payment-failed')[0]).toMatchObject({
      problem: { code: 'order-expired' },
      purpose: { kind: 'hold' },
    });
    expect(world.view(1)).toMatchObject({ balance: 100, held: 0, ordered: 0 });
  });

  test.each([
    ['the order', 1],
    ['the claim', 2],
  ])('survives restarts of both and a lost answer to %s', (_, who) => {
    const made = world.hold(1, bob, 50, { lock, lastsMs: 10 * minuteMs });
    if (!made.ok) throw new Error(made.error.detail);
    if (who === 1) world.step({ loseAnswer: true });
    world.restart(1);
    pass(3_000);
    const key = { currency: world.currency, payer: alice, order: made.value.order };
    claim(key);
    if (who === 2) world.step({ loseAnswer: true });
    world.restart(2);
    world.restart(1);
    pass(40_000);
    expect(world.books(2, 'assets:balance')).toBe(50);
    expect(world.view(1)).toMatchObject({ balance: 48, held: 0, ordered: 0 });
    expect(world.facts(1, 'hold-out').at(-1)).toMatchObject({ state: 'settled', preimage });
    expect(world.facts(2, 'deposited')).toHaveLength(1);
    world.audit();
  });

  test('a payer that lost its disk learns of it from the issuer, and how it ended', () => {
    const key = held();
    world.wipe(1);
    pass(3_000);
    pass(3_000);
    expect(world.view(1)).toMatchObject({ held: 52 });
    claim(key);
    pass(40_000);
    expect(world.view(1)).toMatchObject({ held: 0 });
    expect(world.facts(1, 'hold-out').at(-1)).toMatchObject({ state: 'settled', preimage });
  });

  test('another preimage, an unknown hold and an end that is past are refused before anything moves', () => {
    const key = held();
    expect(codeOf(claim(key, keyOf(8).preimage))).toBe('wrong-preimage');
    expect(codeOf(claim({ ...key, order: 'x' }))).toBe('unknown-transfer');
    const late = world.hold(1, bob, 5, { lock, lastsMs: -1_000 });
    expect(late.ok ? undefined : late.error.code).toBe('bad-request');
    const far = world.hold(1, bob, 5, { lock, lastsMs: 8 * 24 * 60 * minuteMs });
    expect(far.ok ? undefined : far.error.code).toBe('bad-request');
  });

  test('what was released is not claimed, and what was claimed is not released', () => {
    const key = held();
    world.run(2, (ctx) => releaseHold(ctx, key));
    expect(codeOf(claim(key))).toBe('hold-closed');
    pass(1_000);
    const other = world.hold(1, bob, 10, { lock, lastsMs: minuteMs });
    if (!other.ok) throw new Error(other.error.detail);
    pass(3_000);
    const second = { ...key, order: other.value.order };
    claim(second);
    expect(codeOf(world.run(2, (ctx) => releaseHold(ctx, second)))).toBe('hold-closed');
  });
});

describe('a hold in the own currency', () => {
  test('issues its money when it begins, and tells the issuer how it ends', () => {
    const made = world.hold(0, bob, 30, { lock, lastsMs: 10 * minuteMs });
    if (!made.ok) throw new Error(made.error.detail);
    expect(world.books(0, 'assets:held')).toBe(30);
    pass(3_000);
    claim({ currency: bank, payer: bank, order: made.value.order });
    pass(1_000);
    expect(world.facts(0, 'hold-out')).toMatchObject([
      { state: 'held' },
      { state: 'settled', preimage },
    ]);
    expect(world.books(0, 'assets:held')).toBe(0);
    expect(world.books(0, 'equity:exchange')).toBe(30);
    world.audit();
  });

  test('goes back, and what it had issued is destroyed', () => {
    world.hold(0, bob, 30, { lock, lastsMs: minuteMs });
    pass(2 * minuteMs);
    expect(world.facts(0, 'hold-out').map(({ state }) => state)).toEqual(['held', 'voided']);
    expect(world.books(0, 'assets:held')).toBe(0);
    world.audit();
  });

  test('for the issuer is claimed at once', () => {
    const made = world.hold(1, bank, 30, { lock, lastsMs: 10 * minuteMs });
    if (!made.ok) throw new Error(made.error.detail);
    pass(3_000);
    const key = { currency: bank, payer: alice, order: made.value.order };
    expect(world.facts(0, 'hold-in').map(({ state }) => state)).toEqual(['held']);
    expect(world.run(0, (ctx) => claimHold(ctx, key, preimage)).ok).toBe(true);
    expect(world.facts(0, 'hold-in').map(({ state }) => state)).toEqual(['held', 'settled']);
    pass(30_000);
    expect(world.facts(1, 'hold-out').at(-1)).toMatchObject({ state: 'settled', preimage });
    expect(world.view(1)).toMatchObject({ held: 0 });
    world.audit();
  });
});
