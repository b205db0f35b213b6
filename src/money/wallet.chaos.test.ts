import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { claimHold, incomingHold, pay, releaseHold, walletView } from './index.ts';
import { accountOf } from './ledger-state.ts';
import { keyOf, MoneyWorld } from './money-world.suite.ts';

const wallets = 3;
const { lock, preimage } = keyOf(9);
const peer = fc.nat({ max: wallets });

type Step =
  | { kind: 'pay'; from: number; to: number; amount: number; tab: boolean }
  | { kind: 'hold'; from: number; to: number; amount: number; lastsMs: number }
  | { kind: 'close'; to: number; claim: boolean }
  | { kind: 'carry'; loseRequest: boolean; loseAnswer: boolean }
  | { kind: 'repeat'; which: number }
  | { kind: 'pass'; ms: number }
  | { kind: 'fee'; flat: number }
  | { kind: 'restart' | 'wipe'; which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('pay' as const),
      from: peer,
      to: peer,
      amount: fc.integer({ min: 1, max: 50 }),
      tab: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('hold' as const),
      from: peer,
      to: peer,
      amount: fc.integer({ min: 1, max: 30 }),
      lastsMs: fc.integer({ min: 20_000, max: 200_000 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('close' as const), to: peer, claim: fc.boolean() }),
  },
  {
    weight: 12,
    arbitrary: fc.record({
      kind: fc.constant('carry' as const),
      loseRequest: fc.boolean(),
      loseAnswer: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('repeat' as const), which: fc.nat({ max: 50 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      ms: fc.integer({ min: 100, max: 40_000 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('fee' as const), flat: fc.nat({ max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('restart' as const), which: peer }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('wipe' as const),
      which: fc.integer({ min: 1, max: wallets }),
    }),
  },
);

function act(world: MoneyWorld, s: Step): void {
  switch (s.kind) {
    case 'pay':
      world.run(s.from, (ctx) =>
        pay(ctx, {
          currency: world.currency,
          payee: world.peer(s.to).self,
          amount: s.amount as Amount,
          transactionId: s.tab ? 'tab' : 'x',
          purpose: s.tab
            ? { kind: 'tab', peer: world.peer(s.to).self }
            : { kind: 'gift', note: '' },
        }),
      );
      break;
    case 'hold':
      if (s.from !== s.to) world.hold(s.from, world.peer(s.to).self, s.amount, { lock, ...s });
      break;
    case 'close':
      close(world, s.to, s.claim);
      break;
    case 'carry':
      world.step(s);
      break;
    case 'repeat':
      world.repeat(s.which);
      break;
    case 'pass':
      world.pass(s.ms);
      break;
    case 'fee': {
      const { settings } = world.bank;
      const fee = { flat: s.flat as Amount, perMillion: 20_000 as Amount };
      if (settings.issues) {
        world.bank.settings = { ...settings, issues: { ...settings.issues, fee } };
      }
      break;
    }
    case 'restart':
      world.restart(s.which);
      break;
    case 'wipe':
      world.wipe(s.which);
      break;
  }
}

/** The payee closes the first hold that it has and has not closed. */
function close(world: MoneyWorld, n: number, claim: boolean): void {
  const told = world.facts(n, 'hold-in').filter(({ state }) => state === 'held');
  world.run(n, (ctx) => {
    const open = told.find((key) => incomingHold(ctx, key)?.state === 'held');
    if (!open) return;
    if (claim) claimHold(ctx, open, preimage);
    else releaseHold(ctx, open);
  });
}

test('through losses, repeats, restarts and lost disks every wallet ends with what its issuer says', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
      const world = new MoneyWorld(wallets);
      world.start();
      for (const s of steps) {
        act(world, s);
        world.audit();
      }
      // Faults stop; all must settle, the last hold too.
      for (let rounds = 0; rounds < 16; rounds++) {
        world.settle();
        world.pass(35_000);
      }
      world.settle();
      world.audit();
      for (let n = 1; n <= wallets; n++) {
        const { balance, held } = world.bank.run((ctx) => accountOf(ctx, world.peer(n).self));
        expect(held).toBe(0);
        const view = world.run(n, (ctx) => walletView(ctx)[0]);
        expect(view).toMatchObject({ balance, ordered: 0, held: 0, state: 'ready' });
        expect(view).not.toHaveProperty('discrepancy');
        const paid = world
          .peer(n)
          .facts.flatMap((fact) => (fact.kind === 'paid' ? [fact.order] : []));
        expect(new Set(paid).size).toBe(paid.length);
      }
    }),
    { numRuns: 60 },
  );
});
