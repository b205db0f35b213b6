import { expect, test } from 'vitest';
import { earningsCsv } from './earnings-csv.ts';

test('what was earned and spent stands by day in one file, in the units of each currency', () => {
  const faceOf = (currency: string) =>
    currency === 'mc' ? { symbol: 'm', decimals: 2 } : { symbol: '=ink', decimals: 0 };
  const text = earningsCsv(
    {
      earned: [
        {
          day: '2026-11-02',
          currency: 'mc',
          kind: 'commissions',
          peer: 'b',
          via: 'c',
          amount: 205,
        },
        { day: '2026-11-03', currency: 'ink', kind: 'sales', peer: 'b', amount: -7 },
      ],
      received: [{ day: '2026-11-04', currency: 'ink', kind: 'gifts', peer: 'b', amount: 9 }],
      exchanged: [{ day: '2026-11-05', currency: 'ink', kind: 'exchanges', peer: 'b', amount: -3 }],
      spent: [{ day: '2026-11-01', currency: 'mc', kind: 'purchases', peer: 'c', amount: 1_000 }],
    },
    faceOf,
  );
  expect(text.slice(1).split('\r\n')).toEqual([
    'day,flow,kind,currency,symbol,amount,peer,via',
    '2026-11-01,spent,purchases,mc,m,10.00,c,',
    '2026-11-02,earned,commissions,mc,m,2.05,b,c',
    "2026-11-03,earned,sales,ink,'=ink,-7,b,",
    "2026-11-04,received,gifts,ink,'=ink,9,b,",
    "2026-11-05,exchanged,exchanges,ink,'=ink,-3,b,",
    '',
  ]);
});
