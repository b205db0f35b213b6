import { Button, Group, Progress, Text } from '@mantine/core';
import { IconReceipt2 } from '@tabler/icons-react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { Amount, amountText, useCurrency } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PeerName, useNameOf } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { AcceptDisputed } from './accept-disputed.tsx';
import { Discrepancies } from './discrepancies.tsx';

type Tab = MethodOutput<'tabs.list'>['tabs'][number];

/** What neighbors and this peer owe each other, and paying it now. */
export function TabsPanel() {
  const t = useTexts();
  const tabs = useAnswer('tabs.list', { limit: 1_000 }).data?.tabs;
  return (
    <>
      <div className="souk-fixed">
        <Discrepancies />
      </div>
      <DataTable
        label={t('wallet.tab.tabs')}
        columns={columns(t)}
        rows={tabs ?? []}
        rowKey={({ peer, currency }) => `${peer} ${currency}`}
        rowHeight={52}
        empty={
          tabs && (
            <Empty
              icon={IconReceipt2}
              title={t('wallet.tabs.empty.title')}
              text={t('wallet.tabs.empty.text')}
            />
          )
        }
      />
    </>
  );
}

function columns(t: ReturnType<typeof useTexts>): readonly Column<Tab>[] {
  return [
    {
      key: 'peer',
      label: t('wallet.tabs.peer'),
      width: 'minmax(8rem, 1fr)',
      cell: ({ peer }) => <PeerName peer={peer} fw={540} />,
    },
    {
      key: 'owed',
      label: t('wallet.tabs.owed'),
      width: '7.5rem',
      wide: true,
      end: true,
      sortBy: ({ claim }) => claim,
      cell: ({ currency, claim }) => <Amount currency={currency} value={claim} inherit />,
    },
    {
      key: 'owe',
      label: t('wallet.tabs.owe'),
      width: '7.5rem',
      wide: true,
      end: true,
      sortBy: ({ debt }) => debt,
      cell: (tab) => <WeOwe tab={tab} />,
    },
    {
      key: 'net',
      label: t('wallet.tabs.net'),
      width: '8rem',
      end: true,
      sortBy: ({ netOwed }) => netOwed,
      cell: (tab) => <Net tab={tab} />,
    },
    {
      key: 'limit',
      label: t('wallet.tabs.limit'),
      width: '11rem',
      cell: (tab) => <LimitBar tab={tab} />,
    },
    {
      key: 'settle',
      label: '',
      width: '11.5rem',
      end: true,
      cell: (tab) => (
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {tab.disputed !== 0 && <AcceptDisputed tab={tab} />}
          <Settle tab={tab} />
        </Group>
      ),
    },
  ];
}

function WeOwe({ tab: { currency, debt, disputed } }: { readonly tab: Tab }) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const words = t('wallet.tabs.disputed', {
    amount: `${amountText(disputed, decimals)} ${symbol}`,
  });
  return (
    <>
      <Amount currency={currency} value={debt} inherit />
      {disputed !== 0 && (
        <Text size="xs" c="dimmed" truncate title={words}>
          {words}
        </Text>
      )}
    </>
  );
}

function Net({ tab: { currency, netOwed } }: { readonly tab: Tab }) {
  const t = useTexts();
  const side = netOwed > 0 ? 'we' : netOwed < 0 ? 'they' : 'even';
  return (
    <>
      {netOwed !== 0 && <Amount currency={currency} value={Math.abs(netOwed)} inherit fw={600} />}
      <Text size="xs" c="dimmed" lh={1.2}>
        {t(`wallet.tabs.net.${side}`)}
      </Text>
    </>
  );
}

/** How much of the credit is used by whoever owes: a limit of 0 gives none. */
function LimitBar({ tab }: { readonly tab: Tab }) {
  const t = useTexts();
  const { netOwed, creditLimit, theirCreditLimit, currency } = tab;
  const { symbol, decimals } = useCurrency(currency);
  const limit = netOwed > 0 ? theirCreditLimit : creditLimit;
  if (limit === undefined || limit === 0) {
    return (
      <Text size="xs" c="dimmed">
        {t('wallet.tabs.no-limit')}
      </Text>
    );
  }
  const used = Math.abs(netOwed);
  const words = t('wallet.tabs.limit.words', {
    used: amountText(used, decimals),
    limit: `${amountText(limit, decimals)} ${symbol}`,
  });
  const share = Math.min(100, (100 * used) / limit);
  return (
    <>
      <Progress
        size="sm"
        value={share}
        color={share > 85 ? 'red' : share > 60 ? 'yellow' : 'tile'}
        aria-label={words}
      />
      <Text size="xs" c="dimmed" mt={3} truncate title={words} className="souk-number">
        {words}
      </Text>
    </>
  );
}

function Settle({ tab: { peer, currency, netOwed, paying } }: { readonly tab: Tab }) {
  const t = useTexts();
  const { run, busy } = useCommand('tabs.settle');
  const { symbol, decimals } = useCurrency(currency);
  const nameOf = useNameOf();
  if (paying !== undefined) {
    return (
      <Text size="sm" c="dimmed">
        {t('wallet.tabs.paying')}
      </Text>
    );
  }
  if (netOwed <= 0) return null;
  const amount = `${amountText(netOwed, decimals)} ${symbol}`;
  const settle = async () => {
    const paid = await run({ peer, currency });
    if (!paid.ok) return;
    tellDone(t('wallet.tabs.settled'), `${amountText(paid.value.amount, decimals)} ${symbol}`);
  };
  return (
    <Button
      size="compact-sm"
      loading={busy}
      aria-label={t('wallet.tabs.settle.label', { amount, peer: nameOf(peer) })}
      onClick={settle}
    >
      {t('wallet.tabs.settle')}
    </Button>
  );
}
