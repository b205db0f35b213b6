import { Text } from '@mantine/core';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';

interface NetTabProps {
  readonly currency: string;
  /** What this peer owes; negative where it is owed. */
  readonly netOwed: number;
}

/** Who owes whom over both halves of a tab, in words: a color alone would not tell. */
export function NetTab({ currency, netOwed }: NetTabProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const amount = `${amountText(Math.abs(netOwed), decimals)} ${symbol}`;
  if (netOwed === 0) {
    return (
      <Text span inherit c="dimmed">
        {t('neighbors.even')}
      </Text>
    );
  }
  return (
    <Text span inherit className="souk-number">
      {t(netOwed > 0 ? 'neighbors.you-owe' : 'neighbors.owes-you', { amount })}
    </Text>
  );
}
