import { Amount } from '../../components/amount.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import { type FlowRow, sumOf } from './earning-groups.ts';
import { earningKinds, earningText, spendingKinds, spendingText } from './kinds.ts';

interface KindSumsProps {
  readonly currency: string;
  readonly earned: readonly FlowRow[];
  readonly spent: readonly FlowRow[];
  readonly received: readonly FlowRow[];
  readonly exchanged: readonly FlowRow[];
}

/** What came and went, by kind: own purchases and gifts apart from what trade brought. */
export function KindSums({ currency, earned, spent, received, exchanged }: KindSumsProps) {
  const t = useTexts();
  const left = totalOf(earned) + totalOf(received) + totalOf(exchanged) - totalOf(spent);
  return (
    <section className="souk-earnings-card" aria-label={t('earnings.earned')}>
      <table className="souk-sums">
        <KindRows
          title={t('earnings.earned')}
          currency={currency}
          rows={earned}
          kinds={earningKinds.map((kind) => [kind, earningText(kind)])}
        />
        <KindRows
          title={t('earnings.spent')}
          currency={currency}
          rows={spent}
          kinds={spendingKinds.map((kind) => [kind, spendingText(kind)])}
        />
        <SumRow title={t('earnings.received')} currency={currency} rows={received} />
        <SumRow title={t('earnings.exchanged')} currency={currency} rows={exchanged} signed />
        <tfoot>
          <tr>
            <th scope="row">{t('earnings.left')}</th>
            <td>
              <Amount currency={currency} value={left} signed inherit />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

interface SumRowProps {
  readonly title: string;
  readonly currency: string;
  readonly rows: readonly FlowRow[];
  readonly signed?: boolean;
}

function SumRow({ title, currency, rows, signed = false }: SumRowProps) {
  if (rows.length === 0) return null;
  return (
    <tbody>
      <tr style={{ fontWeight: 600 }}>
        <th scope="row">{title}</th>
        <td>
          <Amount currency={currency} value={totalOf(rows)} signed={signed} inherit />
        </td>
      </tr>
    </tbody>
  );
}

interface KindRowsProps {
  readonly title: string;
  readonly currency: string;
  readonly rows: readonly FlowRow[];
  readonly kinds: readonly (readonly [string, TextKey])[];
}

function KindRows({ title, currency, rows, kinds }: KindRowsProps) {
  const t = useTexts();
  return (
    <tbody>
      <tr style={{ fontWeight: 600 }}>
        <th scope="rowgroup">{title}</th>
        <td>
          <Amount currency={currency} value={totalOf(rows)} inherit />
        </td>
      </tr>
      {kinds.map(([kind, text]) => {
        const of = rows.filter((row) => row.kind === kind);
        return of.length === 0 ? null : (
          <tr key={kind}>
            <th scope="row" style={{ paddingInlineStart: '0.75rem' }}>
              {t(text)}
            </th>
            <td>
              <Amount currency={currency} value={totalOf(of)} inherit />
            </td>
          </tr>
        );
      })}
    </tbody>
  );
}

function totalOf(rows: readonly FlowRow[]): number {
  return sumOf(rows.map(({ amount }) => amount));
}
