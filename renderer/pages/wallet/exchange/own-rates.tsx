import { Button, Group, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import { Amount } from '../../../components/amount.tsx';
import { timeText } from '../../../components/units.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { RateAmounts } from './rate-amounts.tsx';
import { RateDialog } from './rate-dialog.tsx';
import { isPair, type OwnRate } from './rate-text.ts';
import { useChangeRates } from './use-change-rates.ts';

/** The rates that this peer offers, in the words of whoever takes them up. */
export function OwnRates() {
  const t = useTexts();
  const rates = useAnswer('exchange.rates', {}).data?.rates;
  const { change, busy } = useChangeRates();
  const [edited, setEdited] = useState<OwnRate>();
  if (!rates) return <Skeleton height={60} />;
  if (rates.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('exchange.own.empty')}
      </Text>
    );
  }
  const withdraw = (rate: OwnRate) => change({ stays: (one) => !isPair(one, rate) });
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={620}>
        <Table aria-label={t('exchange.own')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('exchange.column.own-rate')}</Table.Th>
              <Table.Th ta="end">{t('exchange.column.left')}</Table.Th>
              <Table.Th>{t('exchange.column.until')}</Table.Th>
              <Table.Th>{t('exchange.column.state')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rates.map((rate) => (
              <Row
                key={`${rate.give} ${rate.get}`}
                rate={rate}
                busy={busy}
                onEdit={() => setEdited(rate)}
                onWithdraw={() => withdraw(rate)}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <RateDialog
        opened={edited !== undefined}
        edited={edited}
        onClose={() => setEdited(undefined)}
      />
    </Stack>
  );
}

interface RowProps {
  readonly rate: OwnRate;
  readonly busy: boolean;
  readonly onEdit: () => void;
  readonly onWithdraw: () => void;
}

function Row({ rate, busy, onEdit, onWithdraw }: RowProps) {
  const t = useTexts();
  return (
    <Table.Tr>
      <Table.Td>
        <RateAmounts rate={rate} />
      </Table.Td>
      <Table.Td ta="end">
        <Amount currency={rate.give} value={rate.left} inherit />
      </Table.Td>
      <Table.Td>{timeText(rate.expires * 1000)}</Table.Td>
      <Table.Td>{t(`exchange.rate.${stateOf(rate)}`)}</Table.Td>
      <Table.Td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          <Button size="compact-sm" variant="default" onClick={onEdit}>
            {t('exchange.rate.edit')}
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="red"
            loading={busy}
            onClick={onWithdraw}
          >
            {t('exchange.rate.withdraw')}
          </Button>
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}

function stateOf({ expired, idle, left }: OwnRate) {
  if (expired) return 'expired';
  return idle ?? (left === 0 ? 'used' : 'offered');
}
