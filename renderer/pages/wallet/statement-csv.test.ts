import { expect, test } from 'vitest';
import { testPeerId } from '../../../src/kernel/test-context.ts';
import { statementCsv } from './statement-csv.ts';

const [currency, peer] = [testPeerId(1), testPeerId(2)];
const row = (id: number, reason: string, claims: number, balance: number) => ({
  id,
  at: Date.UTC(2026, 0, id),
  currency,
  cause: { kind: 'sold', peer, reason },
  ...{ money: 0, claims, issued: 0, result: claims },
  after: { money: 0, claims: balance, issued: 0 },
  postings: [
    { account: `assets:tab:${peer}`, amount: claims },
    { account: 'income:sales', amount: 0 - claims },
  ],
});

test('a statement is told oldest first, in whole units, and no title becomes a formula', () => {
  const text = statementCsv(
    [row(2, '=HYPERLINK("http://x","y")', -250, 500), row(1, 'A map', 750, 750)],
    2,
  );
  const [, first, second] = text.split('\r\n');
  expect(first).toBe(
    `1,2026-01-01T00:00:00.000Z,${currency},sold,A map,${peer},,,,0.00,7.50,0.00,7.50,7.50,` +
      `assets:tab:${peer} 7.50; income:sales -7.50`,
  );
  expect(second).toContain(`,"'=HYPERLINK(""http://x"",""y"")",`);
  expect(second).toContain(',-2.50,0.00,-2.50,5.00,');
});
