import { Text, UnstyledButton } from '@mantine/core';
import { Amount, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { type FlowRow, sumOf } from './earning-groups.ts';
import type { MoneyFlows } from './use-money-flows.ts';

interface CurrencyCardsProps {
  readonly currencies: readonly string[];
  readonly chosen: string;
  readonly flows: MoneyFlows;
  readonly onChoose: (currency: string) => void;
}

/** What each currency brought, side by side: a click shows one in full. */
export function CurrencyCards({ currencies, chosen, flows, onChoose }: CurrencyCardsProps) {
  const t = useTexts();
  return (
    <fieldset
      className="souk-currency-cards"
      style={{ border: 0, padding: 0, margin: 0 }}
      aria-label={t('earnings.currency')}
    >
      {currencies.map((currency) => (
        <Card
          key={currency}
          currency={currency}
          chosen={currency === chosen}
          earned={totalIn(flows.earned, currency)}
          spent={totalIn(flows.spent, currency)}
          onChoose={() => onChoose(currency)}
        />
      ))}
    </fieldset>
  );
}

function totalIn(rows: readonly FlowRow[], currency: string): number {
  return sumOf(rows.filter((row) => row.currency === currency).map(({ amount }) => amount));
}

interface CardProps {
  readonly currency: string;
  readonly chosen: boolean;
  readonly earned: number;
  readonly spent: number;
  readonly onChoose: () => void;
}

function Card({ currency, chosen, earned, spent, onChoose }: CardProps) {
  const t = useTexts();
  const { name } = useCurrency(currency);
  return (
    <UnstyledButton
      className="souk-earnings-card souk-currency-card"
      aria-pressed={chosen}
      onClick={onChoose}
      title={currency}
    >
      <Text size="sm" c="dimmed" truncate>
        <bdi>{name}</bdi>
      </Text>
      <Amount currency={currency} value={earned} size="xl" fw={620} />
      <Text size="xs" c="dimmed" mt={2} truncate className="souk-number">
        {t('earnings.spent')}: <Amount currency={currency} value={spent} inherit />
      </Text>
    </UnstyledButton>
  );
}
