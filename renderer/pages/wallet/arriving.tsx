import { Alert, Group, Stack, Text } from '@mantine/core';
import { IconLockDollar } from '@tabler/icons-react';
import { Amount } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import type { CurrencyView } from './currency-state.tsx';

/** What others hold at the issuer for this peer: from whom, how much, and until when. */
export function Arriving({ view: { currency } }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const holds = useAnswer('wallet.incoming', { currency }).data?.holds ?? [];
  if (holds.length === 0) return null;
  return (
    <Alert mt="sm" p="xs" icon={<IconLockDollar size={18} />} title={t('wallet.arriving.title')}>
      <Stack gap={4}>
        <Text size="sm">{t('wallet.arriving.text')}</Text>
        {holds.map(({ order, payer, amount, endsAt }) => (
          <Group key={order} gap="md" align="baseline">
            <Amount currency={currency} value={amount} size="sm" fw={560} />
            <PeerName peer={payer} size="sm" />
            <Text size="sm" c="dimmed" className="souk-number">
              {t('wallet.arriving.until', { time: timeText(endsAt) })}
            </Text>
          </Group>
        ))}
      </Stack>
    </Alert>
  );
}
