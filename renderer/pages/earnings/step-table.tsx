import { Text } from '@mantine/core';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { type Step, type StepSum, sumOf } from './earning-groups.ts';
import { earningKinds, earningText } from './kinds.ts';
import { stepText } from './step-text.ts';

interface StepTableProps {
  readonly currency: string;
  readonly sums: readonly StepSum[];
  readonly step: Step;
}

/** The numbers of the chart, newest first; steps in which nothing came are left out. */
export function StepTable({ currency, sums, step }: StepTableProps) {
  const t = useTexts();
  const { decimals } = useCurrency(currency);
  const kinds = earningKinds.filter((kind) => sums.some(({ byKind }) => byKind[kind]));
  const rows = sums.filter(({ byKind }) => Object.keys(byKind).length > 0).toReversed();
  const ofKind = (kind: string) => sumOf(sums.map(({ byKind }) => byKind[kind] ?? 0));
  return (
    <section className="souk-earnings-card" aria-label={t('earnings.table')}>
      <Text size="sm" fw={600} mb="xs">
        {t('earnings.table')}
      </Text>
      <div className="souk-scroll-x">
        <table className="souk-sums">
          <thead>
            <tr>
              <th scope="col">{t(`earnings.table.${step}`)}</th>
              {kinds.map((kind) => (
                <th key={kind} scope="col">
                  {t(earningText(kind))}
                </th>
              ))}
              <th scope="col">{t('earnings.total')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ start, byKind, total }) => (
              <tr key={start}>
                <th scope="row">{stepText(start, step)}</th>
                {kinds.map((kind) => (
                  <td key={kind}>
                    {byKind[kind] === undefined ? '–' : amountText(byKind[kind], decimals)}
                  </td>
                ))}
                <td>
                  <Amount currency={currency} value={total} inherit fw={560} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('earnings.total')}</th>
              {kinds.map((kind) => (
                <td key={kind}>{amountText(ofKind(kind), decimals)}</td>
              ))}
              <td>
                <Amount currency={currency} value={sumOf(sums.map(({ total }) => total))} inherit />
              </td>
            </tr>
          </tfoot>
        </table>
      </div>
    </section>
  );
}
