import { describe, expect, it } from 'vitest';
import { collection } from '../../state/index.ts';
import { village } from '../village.suite.ts';
import { HonestOracle } from './honest.ts';

const purchases = collection<{ deal: string }>()('purchases', ['deal']);
const orders = collection<{ order: string }>()('wallet-orders', ['order']);

function judged() {
  const { world, bank, alice, bob } = village();
  bob.lie = 'charges-more';
  const oracle = new HonestOracle((id) => world.peerBy(id));
  const to = { currency: bank.id, payee: bob.id, purpose: { kind: 'tab' } };
  return {
    buy: (price: number) =>
      oracle.take(alice, {
        of: purchases,
        before: undefined,
        after: { deal: 'd', seller: bob.id, currency: bank.id, price },
      }),
    order: (order: string, amount: number, state = 'ordered') => {
      oracle.take(alice, { of: orders, before: undefined, after: { ...to, order, amount, state } });
      oracle.check(alice);
    },
  };
}

describe('An honest peer that pays a dishonest one', () => {
  it('may pay what it agreed to, in parts', () => {
    const { buy, order } = judged();
    buy(20);
    order('1', 15);
    order('1', 15, 'settled');
    expect(() => order('2', 5)).not.toThrow();
  });

  it('is seen where it pays a unit more', () => {
    const { buy, order } = judged();
    buy(20);
    order('1', 15);
    expect(() => order('2', 6)).toThrow('agreed to 20');
  });

  it('may pay again what its issuer refused', () => {
    const { buy, order } = judged();
    buy(20);
    order('1', 20);
    order('1', 20, 'refused');
    expect(() => order('2', 20)).not.toThrow();
  });
});
