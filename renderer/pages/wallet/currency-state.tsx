import { Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconLoader2 } from '@tabler/icons-react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';

export type CurrencyView = MethodOutput<'wallet.list'>['currencies'][number];

const icons = { ready: IconCircleCheck, connecting: IconLoader2, trouble: IconAlertTriangle };
const colors = { ready: 'dimmed', connecting: 'dimmed', trouble: 'red' } as const;

/** How the issuer of a currency does, in words and a sign. */
export function CurrencyState({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const { state, lastSeenAt } = view;
  const Icon = icons[state];
  return (
    <Group gap={5} wrap="nowrap" c={colors[state]}>
      <Icon size={15} stroke={1.7} style={{ flex: 'none' }} />
      <Text size="xs" truncate>
        {t(`wallet.state.${state}`)}
        {state !== 'ready' && lastSeenAt !== undefined && (
          <>, {t('wallet.state.seen', { time: timeText(lastSeenAt) })}</>
        )}
      </Text>
    </Group>
  );
}
