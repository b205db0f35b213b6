import { Progress, Stack, Text } from '@mantine/core';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { CreditLimit } from './credit-limit.tsx';
import { NeighborStrategy } from './neighbor-strategy.tsx';
import type { Acquaintance } from './neighbor-views.ts';

type TabView = MethodOutput<'tabs.list'>['tabs'][number];

/** Both halves of the tab in each currency, against what each side allows. */
export function NeighborTabs({ known }: { readonly known: Acquaintance }) {
  const t = useTexts();
  const tabs = useAnswer('tabs.list', { peer: known.peer }).data?.tabs;
  return (
    <Stack gap="md">
      {tabs?.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('neighbors.tabs.none')}
        </Text>
      )}
      {tabs?.map((tab) => (
        <CurrencyTab key={tab.currency} tab={tab} />
      ))}
      {known.neighbor && <CreditLimit neighbor={known.neighbor} />}
      {known.neighbor && <NeighborStrategy neighbor={known.neighbor} />}
    </Stack>
  );
}

function CurrencyTab({ tab }: { readonly tab: TabView }) {
  const t = useTexts();
  const { currency, claim, debt, creditLimit, theirCreditLimit } = tab;
  const { name } = useCurrency(currency);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={560} dir="auto" truncate title={currency}>
        {name}
      </Text>
      <Half label={t('neighbors.tabs.theirs')} owed={claim} limit={creditLimit} tab={tab} />
      <Half label={t('neighbors.tabs.yours')} owed={debt} limit={theirCreditLimit} tab={tab} />
    </Stack>
  );
}

interface HalfProps {
  readonly label: string;
  readonly owed: number;
  readonly limit: number | undefined;
  readonly tab: TabView;
}

function Half({ label, owed, limit, tab: { currency } }: HalfProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const text = (value: number) => `${amountText(value, decimals)} ${symbol}`;
  const words =
    limit === undefined
      ? t('neighbors.tabs.of-unknown', { amount: text(owed) })
      : t('neighbors.tabs.of', { amount: text(owed), limit: text(limit) });
  const share = limit ? Math.min(100, Math.max(0, (owed / limit) * 100)) : 0;
  return (
    <div>
      <Text size="sm" component="div" style={{ display: 'flex', gap: '1rem' }}>
        <Text span inherit c="dimmed" flex={1}>
          {label}
        </Text>
        <span className="souk-number">{words}</span>
      </Text>
      <Progress
        value={share}
        size="sm"
        mt={3}
        color={share >= 90 ? 'orange' : 'tile'}
        aria-label={`${label}: ${words}`}
      />
    </div>
  );
}
