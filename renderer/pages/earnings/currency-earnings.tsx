import { Text } from '@mantine/core';
import { Suspense, useMemo } from 'react';
import { latePart } from '../../app/late-part.ts';
import { useTexts } from '../../i18n/index.ts';
import { CommissionPairs } from './commission-pairs.tsx';
import { type Step, sumsByStep } from './earning-groups.ts';
import { KindSums } from './kind-sums.tsx';
import { StepTable } from './step-table.tsx';
import type { MoneyFlows } from './use-money-flows.ts';

const EarningsChart = latePart(async () => (await import('./earnings-chart.tsx')).EarningsChart);

const chartHeight = 240;

interface CurrencyEarningsProps {
  readonly currency: string;
  readonly flows: MoneyFlows;
  readonly step: Step;
}

/** One currency in full: the chart, the numbers behind it, and the pairs that the commissions belong to. */
export function CurrencyEarnings({ currency, flows, step }: CurrencyEarningsProps) {
  const t = useTexts();
  const { days } = flows;
  const earned = useMemo(
    () => flows.earned.filter((row) => row.currency === currency),
    [flows.earned, currency],
  );
  const spent = flows.spent.filter((row) => row.currency === currency);
  const received = flows.received.filter((row) => row.currency === currency);
  const exchanged = flows.exchanged.filter((row) => row.currency === currency);
  const sums = useMemo(
    () => sumsByStep(earned, step, { from: days.from, to: days.to }),
    [earned, step, days.from, days.to],
  );
  return (
    <>
      <div className="souk-earnings-pair">
        <section
          className="souk-earnings-card souk-earnings-chart"
          aria-label={t('earnings.chart')}
        >
          <Text size="sm" fw={600} mb="xs">
            {t('earnings.chart')}
          </Text>
          <div style={{ minHeight: chartHeight }}>
            <Suspense fallback={null}>
              <EarningsChart currency={currency} sums={sums} step={step} />
            </Suspense>
          </div>
        </section>
        <KindSums {...{ currency, earned, spent, received, exchanged }} />
      </div>
      <div className="souk-earnings-pair">
        <StepTable currency={currency} sums={sums} step={step} />
        <CommissionPairs rows={earned} />
      </div>
    </>
  );
}
