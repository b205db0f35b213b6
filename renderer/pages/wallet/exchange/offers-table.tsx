import { Button, Skeleton, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { PeerId } from '../../../../src/identity/index.ts';
import { Amount } from '../../../components/amount.tsx';
import { PeerName } from '../../../components/peer-name.tsx';
import { timeText } from '../../../components/units.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { useNow } from '../../../stores/use-now.ts';
import { ExchangeDialog } from './exchange-dialog.tsx';
import { RateAmounts } from './rate-amounts.tsx';
import type { Offer } from './rate-text.ts';

interface Taken {
  readonly peer: PeerId;
  readonly rate: Offer;
}

/** The rates that others offered when they were last asked, each to be taken up. */
export function OffersTable() {
  const t = useTexts();
  const now = useNow(10_000);
  const offers = useAnswer('exchange.offers', {}).data?.offers;
  const [taken, setTaken] = useState<Taken>();
  const hasNeighbors = (useAnswer('peer.status', {}).data?.counts.neighbors ?? 1) > 0;
  if (!offers) return <Skeleton height={60} />;
  const rows = offers.flatMap(({ peer, rates }) =>
    rates.filter(({ expires }) => expires * 1000 > now).map((rate) => ({ peer, rate })),
  );
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t(hasNeighbors ? 'exchange.offers.empty' : 'exchange.offers.nobody')}
      </Text>
    );
  }
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={620}>
        <Table aria-label={t('exchange.offers')} verticalSpacing={6}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('exchange.column.peer')}</Table.Th>
              <Table.Th>{t('exchange.column.rate')}</Table.Th>
              <Table.Th ta="end">{t('exchange.column.left')}</Table.Th>
              <Table.Th>{t('exchange.column.until')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ peer, rate }) => (
              <Table.Tr key={`${peer} ${rate.give} ${rate.get}`}>
                <Table.Td>
                  <PeerName peer={peer} fw={540} />
                </Table.Td>
                <Table.Td>
                  <RateAmounts rate={rate} />
                </Table.Td>
                <Table.Td ta="end">
                  <Amount currency={rate.give} value={rate.max} inherit />
                </Table.Td>
                <Table.Td>{timeText(rate.expires * 1000)}</Table.Td>
                <Table.Td ta="end">
                  <Button size="compact-sm" onClick={() => setTaken({ peer, rate })}>
                    {t('exchange.take')}
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <ExchangeDialog taken={taken} onClose={() => setTaken(undefined)} />
    </Stack>
  );
}
