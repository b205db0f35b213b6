import { Group, Stack, Text } from '@mantine/core';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import type { Amount as Units } from '../../../src/amount.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

export type Quote = MethodOutput<'wallet.quote'>;

/** What a payment of this amount costs, as the peer computes it. */
export function useQuote(currency: CurrencyId, units: number): Quote | undefined {
  return useAnswer('wallet.quote', { currency, amount: units as Units }).data;
}

interface QuoteLinesProps {
  readonly currency: CurrencyId;
  readonly quote: Quote | undefined;
}

/** The fee and what leaves the balance; keeps its place while both are not known. */
export function QuoteLines({ currency, quote }: QuoteLinesProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const missing = quote ? quote.total - quote.balance : 0;
  const words = (units: number) => `${amountText(units, decimals)} ${symbol}`;
  return (
    <Stack gap={2} mih={64} aria-live="polite">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('wallet.fee.this')}
        </Text>
        {quote && <Amount currency={currency} value={quote.fee} size="sm" />}
      </Group>
      <Group justify="space-between">
        <Text size="sm" fw={560}>
          {t('wallet.total')}
        </Text>
        {quote && <Amount currency={currency} value={quote.total} size="sm" fw={620} />}
      </Group>
      {quote && missing > 0 && (
        <Text size="xs" c="red">
          {t('wallet.total.short', { balance: words(quote.balance), missing: words(missing) })}
        </Text>
      )}
    </Stack>
  );
}
