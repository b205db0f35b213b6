import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import type { Step, StepSum } from './earning-groups.ts';
import { earningKinds, earningText, kindColors } from './kinds.ts';
import { stepText } from './step-text.ts';

interface EarningsChartProps {
  readonly currency: string;
  readonly sums: readonly StepSum[];
  readonly step: Step;
}

/** The table below in bars, one color for each kind. */
export function EarningsChart({ currency, sums, step }: EarningsChartProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const kinds = earningKinds.filter((kind) => sums.some(({ byKind }) => byKind[kind]));
  const data = sums.map(({ start, byKind }) => ({
    start: stepText(start, step, true),
    ...Object.fromEntries(kinds.map((kind) => [kind, byKind[kind] ?? 0])),
  }));
  return (
    <BarChart
      h="100%"
      data={data}
      dataKey="start"
      type="stacked"
      series={kinds.map((kind) => ({
        name: kind,
        label: t(earningText(kind)),
        color: kindColors[kind],
      }))}
      withLegend
      legendProps={{ verticalAlign: 'bottom', height: 36 }}
      tickLine="none"
      gridAxis="x"
      maxBarWidth={44}
      valueFormatter={(value) => amountText(value, decimals)}
      yAxisLabel={symbol}
      xAxisProps={{ interval: 'equidistantPreserveStart' }}
      yAxisProps={{ width: 64, allowDecimals: false }}
      barChartProps={{ stackOffset: 'sign', accessibilityLayer: true, margin: { top: 12 } }}
      barProps={{ isAnimationActive: false }}
    />
  );
}
