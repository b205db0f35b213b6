import { Anchor, Text, Tooltip } from '@mantine/core';
import { IconArrowsExchange } from '@tabler/icons-react';
import { pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import type { Column } from '../../components/data-table.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { reasonText } from '../../components/reason-text.ts';
import { clockText, dayText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import type { StatementRow } from './use-statement.ts';

/** What a line of a statement tells; of the own currency what is in circulation, not what is at the issuer. */
export function statementColumns(
  t: ReturnType<typeof useTexts>,
  own: boolean,
): readonly Column<StatementRow>[] {
  const amounts = { width: '6.25rem', end: true };
  return [
    {
      key: 'when',
      label: t('wallet.column.when'),
      width: '6.75rem',
      cell: (row) => <When row={row} />,
    },
    {
      key: 'cause',
      label: t('wallet.column.cause'),
      width: 'minmax(8rem, 1fr)',
      cell: (row) => <Cause row={row} />,
    },
    {
      key: 'peer',
      label: t('wallet.column.peer'),
      width: '7rem',
      wide: true,
      cell: (row) => <Party row={row} />,
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
      ...amounts,
      cell: ({ currency, claims }) => <Change currency={currency} value={claims} />,
    },
    {
      key: 'money',
      label: t(own ? 'wallet.column.issued' : 'wallet.column.money'),
      ...amounts,
      cell: (row) => <AtIssuer row={row} own={own} />,
    },
    {
      key: 'after',
      label: t('wallet.column.after'),
      ...amounts,
      width: '7.25rem',
      cell: (row) => <After row={row} />,
    },
  ];
}

interface CellProps {
  readonly row: StatementRow;
}

function When({ row: { at } }: CellProps) {
  return (
    <div title={timeText(at)}>
      <Text size="sm" lh={1.25} truncate className="souk-number">
        {dayText(at)}
      </Text>
      <Text size="xs" c="dimmed" lh={1.3} className="souk-number">
        {clockText(at)}
      </Text>
    </div>
  );
}

function Cause({ row: { cause } }: CellProps) {
  const t = useTexts();
  const reason = reasonText(cause.reason, t);
  return (
    <>
      <Text size="sm" fw={540} lh={1.25} truncate>
        {t(`wallet.cause.${cause.kind}`, {}, cause.kind)}
      </Text>
      <Text size="xs" c="dimmed" lh={1.3} truncate dir="auto" title={reason}>
        {reason}
      </Text>
    </>
  );
}

/** With whom, and through whom. */
function Party({ row: { cause } }: CellProps) {
  const t = useTexts();
  return (
    <>
      {cause.peer !== undefined && <PeerName peer={cause.peer} />}
      {cause.via !== undefined && (
        <Text size="xs" c="dimmed" truncate>
          {t('wallet.via')} <PeerName peer={cause.via} />
        </Text>
      )}
    </>
  );
}

/** What moved only between one's own accounts, as an order not answered yet, is told without a sign. */
function AtIssuer({ row, own }: CellProps & { readonly own: boolean }) {
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

function After({ row: { currency, after } }: CellProps) {
  const t = useTexts();
  return (
    <Tooltip label={t('wallet.after.hint')}>
      <Amount
        currency={currency}
        value={after.money + after.claims - after.issued}
        inherit
        fw={540}
      />
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
