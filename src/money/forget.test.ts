import { beforeEach, describe, expect, test } from 'vitest';
import { testPeerId } from '../kernel/test-context.ts';
import { addCurrency, forgetCurrency, forgottenView, walletView } from './index.ts';
import { MoneyWorld } from './money-world.suite.ts';

const [alice, bob] = [testPeerId(1), testPeerId(2)];
let world: MoneyWorld;

beforeEach(() => {
  world = new MoneyWorld(2);
  world.start();
});

function forget(leaveMoney = false) {
  const { currency } = world;
  const peer = world.peer(1);
  peer.settings = { ...peer.settings, accepts: [] };
  return world.run(1, (ctx) => forgetCurrency(ctx, currency, { leaveMoney }));
}
const codeOf = (result: ReturnType<typeof forget>) => (result.ok ? 'done' : result.error.code);
const listed = () => world.run(1, walletView).length;

describe('forgetting a currency', () => {
  test('takes it out of the wallet, and its issuer is asked nothing any more', () => {
    world = new MoneyWorld(1);
    world.start();
    expect(codeOf(forget())).toBe('done');
    expect(listed()).toBe(0);
    expect(world.run(1, forgottenView)).toMatchObject([{ currency: world.currency }]);
    world.restart(1);
    expect(world.inFlight).toBe(0);
    world.pass(120_000);
    expect(world.inFlight).toBe(0);
    expect(codeOf(forget())).toBe('unknown-currency');
    expect(world.order(1, bob, 1)).toMatchObject({
      ok: false,
      error: { code: 'unknown-currency' },
    });
  });

  test('is refused while there is money in it or on its way', () => {
    world.order(0, alice, 100);
    world.settle();
    expect(codeOf(forget())).toBe('unavailable');
    world.order(1, bob, 98);
    expect(world.view(1)).toMatchObject({ balance: 0, ordered: 100 });
    expect(codeOf(forget())).toBe('unavailable');
    world.settle();
    expect(codeOf(forget())).toBe('done');
  });

  test('leaves money behind where that is wanted; taken up again it has all of it, and what came since', () => {
    world.order(0, alice, 100);
    world.settle();
    expect(codeOf(forget(true))).toBe('done');
    world.order(0, alice, 20);
    world.settle();
    expect(world.books(1, 'assets:balance')).toBe(100);
    const { currency } = world;
    world.run(1, (ctx) => addCurrency(ctx, { currency, endpoints: [] }));
    world.settle();
    expect(world.view(1)).toMatchObject({ balance: 120, state: 'ready' });
    expect(world.run(1, forgottenView)).toEqual([]);
    world.audit();
  });

  test('lets an order under way end, and takes its end into the books', () => {
    world.order(0, alice, 100);
    world.settle();
    world.order(1, bob, 98);
    expect(codeOf(forget(true))).toBe('done');
    world.settle();
    expect(world.books(1, 'assets:ordered')).toBe(0);
    expect(world.books(2, 'assets:balance')).toBe(98);
    world.audit();
  });
});
