import { beforeEach, describe, expect, test } from 'vitest';
import type { Amount } from '../amount.ts';
import { draft, openStatement, sealStatement } from '../identity/index.ts';
import { testPeerId, testSigner, testVerifier } from '../kernel/test-context.ts';
import { receiptStatement, transferStatement } from '../protocol/index.ts';
import { handleLcp } from './index.ts';
import { MoneyWorld, rules } from './money-world.suite.ts';

const alice = testPeerId(1);
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.start();
});

describe("the issuer's own books", () => {
  test("the issuer's own payments are created and what comes back is destroyed", () => {
    world.order(0, alice, 100, { kind: 'tab', peer: alice }, 'tab');
    expect(world.facts(0, 'paid')).toHaveLength(1);
    world.settle();
    world.order(1, world.currency, 40, { kind: 'tab', peer: world.currency }, 'tab');
    world.settle();
    expect(world.supply()).toMatchObject({ issued: 100, destroyed: 42 });
    expect(world.view(0)).toMatchObject({ own: true, outstanding: 58, inTransit: 100, balance: 0 });
    expect(world.books(0, `assets:tab:${alice}`)).toBe(-40);
    expect(world.facts(0, 'deposited')[0]).toMatchObject({ currency: world.currency });
    world.audit();
  });

  test('the evidence of an own payment is the receipt that the payee gets', () => {
    world.order(0, alice, 100);
    const { text, payload } = world.facts(0, 'paid')[0]!.receipt;
    expect(openStatement(receiptStatement, text, testVerifier)).toMatchObject({ ok: true });
    world.settle();
    expect(world.facts(1, 'deposited')[0]).toMatchObject({ text, receipt: payload });
  });

  test("an order under the issuer's key from elsewhere stands in its books too, held or settled", () => {
    const at = Math.floor(world.bank.now / 1000);
    const lock = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const give = (jti: string, held: boolean) => {
      const payload = {
        iss: world.currency,
        iat: at,
        jti,
        aud: world.currency,
        payee: alice,
        amount: 10 as Amount,
        transactionId: 'x',
        maxFee: 0 as Amount,
        exp: at + 60,
        ...(held ? { hold: { sha256: lock, expires: at + 30 } } : {}),
      };
      const unsigned = draft(transferStatement, payload);
      const text = sealStatement(unsigned, testSigner(world.currency));
      world.run(0, (ctx) =>
        handleLcp(
          ctx,
          jti,
          ctx.self,
          { route: 'transfer', input: { order: { payload, text } } },
          rules,
        ),
      );
      world.audit();
    };
    give('BAAAAAAAAAAAAAAAAAAAAA', false);
    expect(world.books(0, 'expense:gifts')).toBe(10);
    give('CAAAAAAAAAAAAAAAAAAAAA', true);
    expect(world.books(0, 'assets:held')).toBe(10);
    world.pass(30_000);
    expect(world.books(0, 'assets:held')).toBe(0);
    world.audit();
  });
});
