import { Table, Text } from '@mantine/core';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { Amount } from '../../components/amount.tsx';
import { reasonText } from '../../components/reason-text.ts';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';

export type MoneyRow = MethodOutput<'deals.money'>['rows'][number];

/** What a deal earned or cost, by currency: the sum of its rows. */
function resultsOf(rows: readonly MoneyRow[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const { currency, result } of rows) sums.set(currency, (sums.get(currency) ?? 0) + result);
  return [...sums];
}

/** The journal's rows of a deal: every unit that it moved. */
export function DealMoney({ rows }: { readonly rows: readonly MoneyRow[] }) {
  const t = useTexts();
  if (rows.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {t('deals.money.none')}
      </Text>
    );
  }
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table fz="sm" verticalSpacing={6} horizontalSpacing="sm">
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="11rem">{t('deals.money.at')}</Table.Th>
            <Table.Th w="8rem">{t('deals.money.cause')}</Table.Th>
            <Table.Th>{t('deals.money.what')}</Table.Th>
            <Table.Th ta="end">{t('deals.money.amount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ id, at, cause, currency, result }) => (
            <Table.Tr key={id}>
              <Table.Td className="souk-number">{timeText(at)}</Table.Td>
              <Table.Td>{t(`deals.cause.${cause.kind}`, {}, cause.kind)}</Table.Td>
              <Table.Td>
                <Text size="sm" dir="auto" lineClamp={1} title={reasonText(cause.reason, t)}>
                  {reasonText(cause.reason, t)}
                </Text>
              </Table.Td>
              <Table.Td ta="end">
                <Amount inherit currency={currency} value={result} signed />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
        <Table.Tfoot>
          {resultsOf(rows).map(([currency, result]) => (
            <Table.Tr key={currency}>
              <Table.Th colSpan={3}>{t('deals.money.total')}</Table.Th>
              <Table.Td ta="end">
                <Amount inherit currency={currency} value={result} signed fw={650} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tfoot>
      </Table>
    </Table.ScrollContainer>
  );
}
