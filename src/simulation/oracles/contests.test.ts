import { describe, expect, it } from 'vitest';
import { collection } from '../../state/index.ts';
import { village } from '../village.suite.ts';
import { ContestOracle } from './contests.ts';

const purchases = collection<{ deal: string }>()('purchases', ['deal']);
const sales = collection<{ deal: string }>()('sales', ['deal']);

function judged() {
  const { world, alice, bob, carol } = village();
  bob.lie = 'denies';
  const oracle = new ContestOracle((id) => world.peerBy(id));
  const take = (peer: typeof alice, of: typeof sales, deal: object) =>
    oracle.take(peer, { of, before: undefined, after: { deal: 'd', ...deal } });
  const denied = { at: 5, reason: 'corrupt', delivery: 'It came.' };
  return {
    denied,
    /** Alice contested what came at this time. */
    bought: (cameAt: number, contest: object, kind = 'self') => {
      const history = [
        { state: 'retrieving', at: 1 },
        { state: 'delivered', at: cameAt },
      ];
      take(alice, purchases, { purpose: { kind }, history, contest });
    },
    sold: (buyer: typeof alice, contest?: object) =>
      take(carol, sales, { buyer: buyer.id, ...(contest && { contest }) }),
    ...{ alice, bob },
  };
}

describe('A peer that denies what it confirmed', () => {
  it('is to be seen wherever its word is known', () => {
    const { sold, denied, alice, bob } = judged();
    expect(() => sold(bob, denied)).toThrow('is seen to lie: d, sold by carol');
    expect(() => sold(bob, { ...denied, contradicted: true })).not.toThrow();
    expect(() => sold(alice, denied)).not.toThrow();
  });

  it('is not seen as long as nobody knows of its word, nor by what a document is worth', () => {
    const { sold, denied, bob } = judged();
    expect(() => sold(bob)).not.toThrow();
    expect(() => sold(bob, { reason: 'corrupt' })).not.toThrow();
    expect(() => sold(bob, { ...denied, reason: 'not-as-described' })).not.toThrow();
  });
});

describe('An honest peer', () => {
  it('is never to be seen as one that lies: it contested before the document came', () => {
    const { bought, denied } = judged();
    const lie = { ...denied, contradicted: true };
    expect(() => bought(6, lie)).toThrow('Nobody honest is seen to lie: alice contested d');
    expect(() => bought(6, denied)).not.toThrow();
    expect(() => bought(5, lie)).not.toThrow();
  });

  it('may pass on the lie of another', () => {
    const { bought, denied } = judged();
    expect(() => bought(6, { ...denied, contradicted: true }, 'resale')).not.toThrow();
  });
});
