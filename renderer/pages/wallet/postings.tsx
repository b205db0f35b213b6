import { Table, Text } from '@mantine/core';
import { Amount } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { reasonText } from '../../components/reason-text.ts';
import { useTexts } from '../../i18n/index.ts';
import { splitAccount } from './account-words.ts';
import type { StatementRow } from './use-statement.ts';

/** The double entry behind a row, for the curious. */
export function Postings({ row }: { readonly row: StatementRow }) {
  const t = useTexts();
  return (
    <>
      <Text size="xs" style={{ overflowWrap: 'anywhere' }} mb={6} dir="auto">
        {reasonText(row.cause.reason, t)}
      </Text>
      <Text size="xs" c="dimmed" mb={2}>
        {t('wallet.postings')}
      </Text>
      <Table w="auto" verticalSpacing={2} fz="xs" withRowBorders={false}>
        <Table.Tbody>
          {row.postings.map(({ account, amount }) => {
            const { kind, peer } = splitAccount(account);
            return (
              <Table.Tr key={account}>
                <Table.Td ps={0}>
                  {t(`wallet.account.${kind}`, {}, kind)}
                  {peer !== undefined && (
                    <>
                      {' · '}
                      <PeerName peer={peer} />
                    </>
                  )}
                </Table.Td>
                <Table.Td ta="end">
                  <Amount currency={row.currency} value={amount} signed inherit />
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </>
  );
}
