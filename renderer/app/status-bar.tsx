import { Box, Group, Text } from '@mantine/core';
import { IconPointFilled, IconUsers } from '@tabler/icons-react';
import { Amount } from '../components/amount.tsx';
import { useTexts } from '../i18n/index.ts';
import { useConnectionState } from '../stores/connection-state.ts';
import { speedAt, useUploads } from '../stores/transfer-rates.ts';
import { useAnswer } from '../stores/use-answer.ts';
import { useNow } from '../stores/use-now.ts';
import { SpeedLimits } from './speed-limits.tsx';

/** How the peer does, in one line: reachable, neighbors, speeds, and what today earned. */
export function StatusBar() {
  const t = useTexts();
  const { state } = useConnectionState();
  const status = useAnswer('peer.status', {}).data;
  const downloads = useAnswer('downloads.list', {}).data?.downloads ?? [];
  const uploads = useUploads(({ uploads: all }) => all);
  const now = useNow();
  const today = new Date().toISOString().slice(0, 10);
  const forgotten = useAnswer('wallet.list', {}).data?.forgotten ?? [];
  const earned = byCurrency(
    useAnswer('earnings.get', { from: today, to: today }).data?.totals ?? [],
  ).filter(([currency]) => !forgotten.some((each) => each.currency === currency));
  const up = Object.values(uploads).reduce(
    (sum, one) => sum + (one.state === 'sending' ? speedAt(one, now) : 0),
    0,
  );
  const down = downloads.reduce((sum, one) => sum + one.bytesPerSecond, 0);
  const open = state === 'open';
  return (
    <footer className="souk-status">
      <Group gap={5} wrap="nowrap" role="status">
        <Box c={open ? 'tile.6' : 'red.7'} style={{ display: 'flex' }}>
          <IconPointFilled size={13} />
        </Box>
        <Text size="xs">{open ? t('status.running') : t('status.lost')}</Text>
      </Group>
      {status && (
        <Group gap={5} wrap="nowrap">
          <IconUsers size={13} />
          <Text size="xs" className="souk-number">
            {t('status.neighbors', { count: status.counts.neighbors })}
          </Text>
        </Group>
      )}
      <SpeedLimits down={down} up={up} />
      <Box flex={1} />
      {earned.length > 0 && (
        <Group gap={6} wrap="nowrap">
          <Text size="xs">{t('status.today')}</Text>
          {earned.slice(0, 3).map(([currency, total]) => (
            <Amount key={currency} currency={currency} value={total} size="xs" />
          ))}
        </Group>
      )}
    </footer>
  );
}

function byCurrency(
  totals: readonly { readonly currency: string; readonly amount: number }[],
): [string, number][] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of totals) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums];
}
