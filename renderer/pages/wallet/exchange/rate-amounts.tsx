import { Group, Text } from '@mantine/core';
import { Amount } from '../../../components/amount.tsx';
import { useTexts } from '../../../i18n/index.ts';
import type { Offer } from './rate-text.ts';

/** `2.00 ALC → 3 BOB`: so much is given, so much is got. */
export function RateAmounts({
  rate: { give, get, numerator, denominator },
}: {
  readonly rate: Pick<Offer, 'give' | 'get' | 'numerator' | 'denominator'>;
}) {
  const t = useTexts();
  return (
    <Group gap={6} wrap="nowrap">
      <Amount currency={give} value={denominator} inherit />
      <Text span inherit c="dimmed" aria-label={t('exchange.for')}>
        →
      </Text>
      <Amount currency={get} value={numerator} inherit />
    </Group>
  );
}
