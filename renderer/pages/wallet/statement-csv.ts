import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { plainUnits } from '../../components/amount-text.ts';
import { type CsvCell, csvText } from '../../components/csv.ts';

type Row = MethodOutput<'wallet.statement'>['rows'][number];

const head = [
  'entry',
  'time',
  'currency',
  'cause',
  'reason',
  'peer',
  'via',
  'deal',
  'reference',
  'at the issuer',
  'on tabs',
  'issued',
  'result',
  'balance after',
  'postings',
];

/** A statement as a file: oldest first, amounts in the currency's unit with a point, times in UTC. */
export function statementCsv(newestFirst: readonly Row[], decimals: number): string {
  const units = (value: number): CsvCell => ({ number: plainUnits(value, decimals) });
  return csvText(
    head,
    newestFirst
      .toReversed()
      .map(({ id, at, currency, cause, after, postings, ...row }) => [
        { number: String(id) },
        new Date(at).toISOString(),
        currency,
        cause.kind,
        cause.reason,
        cause.peer,
        cause.via,
        cause.deal,
        cause.reference,
        units(row.money),
        units(row.claims),
        units(row.issued),
        units(row.result),
        units(after.money + after.claims - after.issued),
        postings
          .map(({ account, amount }) => `${account} ${plainUnits(amount, decimals)}`)
          .join('; '),
      ]),
  );
}
