import { Skeleton, Table, Text } from '@mantine/core';
import { Amount } from '../../../components/amount.tsx';
import { PeerName } from '../../../components/peer-name.tsx';
import { timeText } from '../../../components/units.ts';
import { useTexts } from '../../../i18n/index.ts';
import { useAnswer } from '../../../stores/use-answer.ts';
import { type ExchangeView, isOver, ownSides } from './rate-text.ts';

/** This peer's exchanges, newest first, with what each waits for. */
export function ExchangeHistory() {
  const t = useTexts();
  const exchanges = useAnswer('exchange.list', { limit: 100 }).data?.exchanges;
  if (!exchanges) return <Skeleton height={60} />;
  if (exchanges.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('exchange.history.empty')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={680}>
      <Table aria-label={t('exchange.history')} verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('wallet.column.when')}</Table.Th>
            <Table.Th>{t('exchange.column.peer')}</Table.Th>
            <Table.Th ta="end">{t('exchange.column.gave')}</Table.Th>
            <Table.Th ta="end">{t('exchange.column.got')}</Table.Th>
            <Table.Th>{t('exchange.column.way')}</Table.Th>
            <Table.Th>{t('exchange.column.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {exchanges.map((exchange) => (
            <Row key={`${exchange.peer} ${exchange.id}`} exchange={exchange} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts();
  const { at, peer, way, state, failure } = exchange;
  const { gave, got } = ownSides(exchange);
  return (
    <Table.Tr>
      <Table.Td>{timeText(at)}</Table.Td>
      <Table.Td>
        <PeerName peer={peer} fw={540} />
      </Table.Td>
      <Table.Td ta="end">
        <Amount currency={gave.currency} value={gave.amount} inherit />
      </Table.Td>
      <Table.Td ta="end">
        <Amount currency={got.currency} value={got.amount} inherit />
      </Table.Td>
      <Table.Td>{t(`exchange.by.${way}`)}</Table.Td>
      <Table.Td>
        {t(`exchange.state.${state}`)}
        {failure && (
          <Text size="xs" c="dimmed" title={failure.detail}>
            {t(`problem.${failure.code}`)}
          </Text>
        )}
        <End exchange={exchange} />
      </Table.Td>
    </Table.Tr>
  );
}

/** When at the latest a swap that is under way has ended: nothing waits for ever. */
function End({ exchange }: { readonly exchange: ExchangeView }) {
  const t = useTexts();
  const { firstExpires } = exchange;
  if (isOver(exchange) || firstExpires === undefined) return null;
  return (
    <Text size="xs" c="dimmed">
      {t('exchange.ends', { time: timeText(firstExpires * 1000) })}
    </Text>
  );
}
