import { Group, Text } from '@mantine/core';
import { Amount } from '../../components/amount.tsx';
import { locale } from '../../i18n/index.ts';

/** What the shelves and the copies kept for others tell of a document alike. */

export function DocumentTitle({ title }: { readonly title: string }) {
  return (
    <Text span inherit fw={520} dir="auto" title={title}>
      {title}
    </Text>
  );
}

export function TimesSold({ sold }: { readonly sold: number }) {
  return (
    <Text span inherit className="souk-number" {...(sold === 0 && { c: 'dimmed' })}>
      {sold.toLocaleString(locale())}
    </Text>
  );
}

interface EarnedProps {
  readonly earned: readonly { readonly currency: string; readonly amount: number }[];
}

/** What its sales brought, in each currency. */
export function Earned({ earned }: EarnedProps) {
  if (earned.length === 0) {
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    );
  }
  return (
    <Group gap={8} justify="flex-end" wrap="nowrap">
      {earned.map(({ currency, amount }) => (
        <Amount key={currency} currency={currency} value={amount} inherit />
      ))}
    </Group>
  );
}
