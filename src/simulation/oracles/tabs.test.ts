import { expect, it } from 'vitest';
import { collection } from '../../state/index.ts';
import { village } from '../village.suite.ts';
import { JournalOracle } from './journals.ts';
import { TabOracle } from './tabs.ts';

const tabs = collection<{ peer: string }>()('tabs', ['peer']);
const entries = collection<{ n: number }>()('tabEntries', ['n']);

it('judges a tab as it stands after an input that enters two things', () => {
  const { bank, alice, bob } = village();
  const oracle = new TabOracle(new JournalOracle());
  const tab = { peer: alice.id, currency: bank.id };
  const enter = (n: number, amount: number, balance: number) => {
    const entry = { ...tab, n, amount, kind: 'correction', reference: `r${n}` };
    oracle.take(bob, { of: entries, before: undefined, after: entry });
    oracle.take(bob, { of: tabs, before: undefined, after: { ...tab, balance, entries: n } });
  };
  enter(1, 5, 5);
  enter(2, -5, 0);
  expect(() => oracle.check(bob)).not.toThrow();
  enter(3, 5, 4);
  expect(() => oracle.check(bob)).toThrow('A tab is the sum of its entries');
});
