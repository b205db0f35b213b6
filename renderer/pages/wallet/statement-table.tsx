import { Anchor, Skeleton, Text, Tooltip } from '@mantine/core';
import { IconArrowsExchange, IconReceipt } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { reasonText } from '../../components/reason-text.ts';
import { clockText, dayText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { Postings } from './postings.tsx';
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
  const shown = useMemo(() => columns(t, own), [t, own]);
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

function columns(t: ReturnType<typeof useTexts>, own: boolean): readonly Column<StatementRow>[] {
  return [
    {
      key: 'when',
      label: t('wallet.column.when'),
      width: '6.75rem',
      cell: ({ at }) => (
        <div title={timeText(at)}>
          <Text size="sm" lh={1.25} truncate className="souk-number">
            {dayText(at)}
          </Text>
          <Text size="xs" c="dimmed" lh={1.3} className="souk-number">
            {clockText(at)}
          </Text>
        </div>
      ),
    },
    {
      key: 'cause',
      label: t('wallet.column.cause'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ cause }) => (
        <>
          <Text size="sm" fw={540} lh={1.25} truncate>
            {t(`wallet.cause.${cause.kind}`, {}, cause.kind)}
          </Text>
          <Reason text={reasonText(cause.reason, t)} />
        </>
      ),
    },
    {
      key: 'peer',
      label: t('wallet.column.peer'),
      width: '7rem',
      wide: true,
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
      width: '4.5rem',
      wide: true,
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
      width: '6.25rem',
      end: true,
      cell: ({ currency, claims }) => <Change currency={currency} value={claims} />,
    },
    {
      key: 'money',
      label: t(own ? 'wallet.column.issued' : 'wallet.column.money'),
      width: '6.25rem',
      end: true,
      cell: (row) => <AtIssuer row={row} own={own} />,
    },
    {
      key: 'after',
      label: t('wallet.column.after'),
      width: '7.25rem',
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

function Reason({ text }: { readonly text: string }) {
  return (
    <Text size="xs" c="dimmed" lh={1.3} truncate dir="auto" title={text}>
      {text}
    </Text>
  );
}

/** What moved only between one's own accounts, as an order not answered yet, is told without a sign. */
function AtIssuer({ row, own }: { readonly row: StatementRow; readonly own: boolean }) {
  const t = useTexts();
  const { currency, money, claims, issued, postings } = row;
  const change = own ? issued : money;
  if (change !== 0 || claims !== 0) return <Change currency={currency} value={change} />;
  const moved = postings.reduce((sum, { amount }) => sum + Math.max(0, amount), 0);
  return (
    <Tooltip label={t('wallet.moved.hint')}>
      <Text span inherit c="dimmed">
        <IconArrowsExchange size={13} style={{ verticalAlign: '-2px', marginInlineEnd: 3 }} />
        <Amount currency={currency} value={moved} inherit />
      </Text>
    </Tooltip>
  );
}

function Change({ currency, value }: { readonly currency: string; readonly value: number }) {
  if (value !== 0) return <Amount currency={currency} value={value} signed inherit />;
  return (
    <Text span inherit c="dimmed">
      –
    </Text>
  );
}
