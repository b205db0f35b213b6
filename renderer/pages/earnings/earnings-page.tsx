import { Button, Group, SegmentedControl, Skeleton, Stack } from '@mantine/core';
import { IconChartBar, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { saveText } from '../../components/csv.ts';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { CurrencyCards } from './currency-cards.tsx';
import { CurrencyEarnings } from './currency-earnings.tsx';
import { currenciesIn, dayOf, type Step } from './earning-groups.ts';
import './earnings.css';
import { earningsCsv } from './earnings-csv.ts';
import { IdleNeighbors } from './idle-neighbors.tsx';
import {
  isRangeName,
  type MoneyFlows,
  type RangeName,
  ranges,
  useMoneyFlows,
} from './use-money-flows.ts';

/** What sharing, finding and being asked brought; one currency at a time, for currencies do not add up. */
export function EarningsPage() {
  const t = useTexts();
  const { part } = useRoute();
  const range = isRangeName(part) ? part : '30';
  const [step, setStep] = useState<Step>('day');
  const flows = useMoneyFlows(range);
  return (
    <Page
      title={t('earnings.title')}
      hint={t('earnings.hint')}
      actions={<Export flows={flows} range={range} />}
    >
      <div className="souk-earnings">
        <Group gap="sm">
          <SegmentedControl
            aria-label={t('earnings.range')}
            size="xs"
            value={range}
            onChange={(next) => go('earnings', next)}
            data={ranges.map((each) => ({ value: each, label: t(`earnings.range.${each}`) }))}
          />
          <SegmentedControl
            aria-label={t('earnings.step')}
            size="xs"
            value={step}
            onChange={(next) => setStep(next as Step)}
            data={(['day', 'week', 'month'] as const).map((each) => ({
              value: each,
              label: t(`earnings.step.${each}`),
            }))}
          />
        </Group>
        {flows ? <Flows flows={flows} step={step} range={range} /> : <Waiting />}
      </div>
    </Page>
  );
}

interface FlowsProps {
  readonly flows: MoneyFlows;
  readonly step: Step;
  readonly range: RangeName;
}

function Flows({ flows, step, range }: FlowsProps) {
  const forgotten = useAnswer('wallet.list', {}).data?.forgotten ?? [];
  const currencies = currenciesIn(
    flows.earned,
    flows.spent,
    flows.received,
    flows.exchanged,
  ).filter((currency) => !forgotten.some((each) => each.currency === currency));
  const [chosen, setChosen] = useState<string>();
  const currency = currencies.find((each) => each === chosen) ?? currencies[0];
  if (currency === undefined) return <Nothing range={range} />;
  return (
    <>
      <CurrencyCards currencies={currencies} chosen={currency} flows={flows} onChoose={setChosen} />
      <CurrencyEarnings currency={currency} flows={flows} step={step} />
      <IdleNeighbors rows={flows.earned} />
    </>
  );
}

function Nothing({ range }: { readonly range: RangeName }) {
  const t = useTexts();
  const everything = useMoneyFlows('all');
  if (range !== 'all' && everything && !isNothing(everything)) {
    return (
      <Empty
        icon={IconChartBar}
        title={t('earnings.none.range.title')}
        text={t('earnings.none.range.text')}
        action={
          <Button mt="sm" variant="default" onClick={() => go('earnings', 'all')}>
            {t('earnings.range.all')}
          </Button>
        }
      />
    );
  }
  return (
    <Empty
      icon={IconChartBar}
      title={t('earnings.none.title')}
      text={t('earnings.none.text')}
      action={
        <Button mt="sm" onClick={() => go('library')}>
          {t('earnings.none.action')}
        </Button>
      }
    />
  );
}

function Export({
  flows,
  range,
}: {
  readonly flows: MoneyFlows | undefined;
  readonly range: string;
}) {
  const t = useTexts();
  const wallet = useAnswer('wallet.list', {}).data;
  const currencies = [...(wallet?.currencies ?? []), ...(wallet?.forgotten ?? [])];
  const faceOf = (currency: string) => {
    const known = currencies.find((each) => each.currency === currency);
    return { symbol: known?.symbol ?? currency.slice(4, 8), decimals: known?.decimals ?? 0 };
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload size={16} />}
      disabled={!flows || isNothing(flows)}
      onClick={() =>
        flows &&
        saveText(`souk-earnings-${range}-${dayOf(Date.now())}.csv`, earningsCsv(flows, faceOf))
      }
    >
      {t('earnings.csv')}
    </Button>
  );
}

function isNothing({ earned, spent, received, exchanged }: MoneyFlows): boolean {
  return [earned, spent, received, exchanged].every(({ length }) => length === 0);
}

function Waiting() {
  return (
    <Stack gap="md" aria-hidden="true">
      <Skeleton h={104} radius="lg" />
      <Skeleton h={300} radius="lg" />
    </Stack>
  );
}
