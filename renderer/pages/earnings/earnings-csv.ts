import { plainUnits } from '../../components/amount-text.ts';
import { csvText } from '../../components/csv.ts';
import type { FlowRow } from './earning-groups.ts';

const head = ['day', 'flow', 'kind', 'currency', 'symbol', 'amount', 'peer', 'via'];

interface Face {
  readonly symbol: string;
  readonly decimals: number;
}

/** What was earned, spent, given and exchanged as a file: by day, each row in its currency's unit with a point. */
export function earningsCsv(
  {
    earned,
    spent,
    received,
    exchanged,
  }: {
    readonly earned: readonly FlowRow[];
    readonly spent: readonly FlowRow[];
    readonly received: readonly FlowRow[];
    readonly exchanged: readonly FlowRow[];
  },
  faceOf: (currency: string) => Face,
): string {
  const line = (flow: string) => (row: FlowRow) => {
    const { symbol, decimals } = faceOf(row.currency);
    const amount = { number: plainUnits(row.amount, decimals) };
    return [row.day, flow, row.kind, row.currency, symbol, amount, row.peer, row.via];
  };
  const rows = [
    ...earned.map(line('earned')),
    ...spent.map(line('spent')),
    ...received.map(line('received')),
    ...exchanged.map(line('exchanged')),
  ];
  return csvText(
    head,
    rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : String(a) > String(b) ? 1 : 0)),
  );
}
