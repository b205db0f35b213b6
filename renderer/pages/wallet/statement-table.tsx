import { Skeleton } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { Empty } from '../../components/empty.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { useTexts } from '../../i18n/index.ts';
import { Postings } from './postings.tsx';
import { statementColumns } from './statement-columns.tsx';
import { type StatementRow, useStatement } from './use-statement.ts';

const idOf = ({ id }: StatementRow) => String(id);
const postingsOf = (row: StatementRow) => <Postings row={row} />;

interface StatementTableProps {
  readonly currency: CurrencyId;
  /** The own currency: what is in circulation stands where others have their money at the issuer. */
  readonly own: boolean;
}

/** Every movement of a currency, newest first, with its cause. */
export function StatementTable({ currency, own }: StatementTableProps) {
  const t = useTexts();
  const { rows, hasMore, more } = useStatement(currency);
  const shown = useMemo(() => statementColumns(t, own), [t, own]);
  const known = rows?.length ?? 0;
  const onRange = useCallback(
    (_first: number, last: number) => {
      if (hasMore && last >= known - 20) more();
    },
    [hasMore, known, more],
  );
  if (rows?.length === 0) {
    return (
      <Empty
        icon={IconReceipt}
        title={t('wallet.statement.empty.title')}
        text={t('wallet.statement.empty.text')}
      />
    );
  }
  if (!rows) return <Skeleton flex={1} mih="12rem" radius="lg" />;
  return (
    <PagedTable
      label={t('wallet.statement')}
      columns={shown}
      count={known + (hasMore ? 1 : 0)}
      rowAt={(index) => rows[index]}
      rowKey={idOf}
      onRange={onRange}
      rowHeight={52}
      detail={postingsOf}
    />
  );
}
