import { Anchor, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useCallback } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { Postings } from './postings.tsx';
import { type StatementRow, useStatement } from './use-statement.ts';

interface StatementTableProps {
  readonly currency: CurrencyId;
  /** The own currency: what is in circulation stands where others have their money at the issuer. */
  readonly own: boolean;
}

/** Every movement of a currency, newest first, with its cause. */
export function StatementTable({ currency, own }: StatementTableProps) {
  const t = useTexts();
  const { rows, hasMore, more } = useStatement(currency);
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
      columns={columns(t, own)}
      count={known + (hasMore ? 1 : 0)}
      rowAt={(index) => rows[index]}
      rowKey={({ id }) => String(id)}
      onRange={onRange}
      rowHeight={52}
      detail={(row) => <Postings row={row} />}
    />
  );
}

function columns(t: ReturnType<typeof useTexts>, own: boolean): readonly Column<StatementRow>[] {
  return [
    {
      key: 'when',
      label: t('wallet.column.when'),
      width: '9.5rem',
      cell: ({ at }) => (
        <Text span inherit c="dimmed" className="souk-number">
          {timeText(at)}
        </Text>
      ),
    },
    {
      key: 'cause',
      label: t('wallet.column.cause'),
      width: 'minmax(12rem, 1fr)',
      cell: ({ cause }) => (
        <>
          <Text size="sm" fw={540} lh={1.25} truncate>
            {t(`wallet.cause.${cause.kind}`, {}, cause.kind)}
          </Text>
          <Text size="xs" c="dimmed" lh={1.3} truncate dir="auto" title={cause.reason}>
            {cause.reason}
          </Text>
        </>
      ),
    },
    {
      key: 'peer',
      label: t('wallet.column.peer'),
      width: '9rem',
      cell: ({ cause }) => (
        <>
          {cause.peer !== undefined && <PeerName peer={cause.peer} />}
          {cause.via !== undefined && (
            <Text size="xs" c="dimmed" truncate>
              {t('wallet.via')} <PeerName peer={cause.via} />
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'deal',
      label: t('wallet.column.deal'),
      width: '4rem',
      cell: ({ cause }) =>
        cause.deal !== undefined && (
          <Anchor size="sm" href={pathTo('deals', cause.deal)}>
            {t('wallet.deal.open')}
          </Anchor>
        ),
    },
    {
      key: 'claims',
      label: t('wallet.column.claims'),
      width: '7rem',
      end: true,
      cell: ({ currency, claims }) => <Change currency={currency} value={claims} />,
    },
    {
      key: 'money',
      label: t(own ? 'wallet.column.issued' : 'wallet.column.money'),
      width: '7rem',
      end: true,
      cell: ({ currency, money, issued }) => (
        <Change currency={currency} value={own ? issued : money} />
      ),
    },
    {
      key: 'after',
      label: t('wallet.column.after'),
      width: '7.5rem',
      end: true,
      cell: ({ currency, after }) => (
        <Tooltip label={t('wallet.after.hint')}>
          <Amount
            currency={currency}
            value={after.money + after.claims - after.issued}
            inherit
            fw={540}
          />
        </Tooltip>
      ),
    },
  ];
}

function Change({ currency, value }: { readonly currency: string; readonly value: number }) {
  if (value !== 0) return <Amount currency={currency} value={value} signed inherit />;
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}
