import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { Ago } from './ago.tsx';
import { judging } from './judging-columns.tsx';
import { useListingReason } from './neighbor-trust.tsx';
import type { NeighborView } from './neighbor-views.ts';
import { NetTab } from './net-tab.tsx';
import { Reachable } from './reachable.tsx';

interface NeighborsTableProps {
  readonly label: string;
  readonly neighbors: readonly NeighborView[];
  readonly selected: string | undefined;
  readonly empty: ReactNode;
  readonly onOpen: (peer: string) => void;
}

/** One of the three lists. */
export function NeighborsTable({ label, neighbors, selected, empty, onOpen }: NeighborsTableProps) {
  const columns = useColumns();
  return (
    <DataTable
      label={label}
      columns={columns}
      rows={neighbors}
      rowKey={({ peer }) => peer}
      empty={empty}
      selected={selected}
      onOpen={({ peer }) => onOpen(peer)}
    />
  );
}

function useColumns(): readonly Column<NeighborView>[] {
  const t = useTexts();
  const nameOf = useNameOf();
  return [
    {
      key: 'name',
      label: t('neighbors.column.name'),
      width: 'minmax(6rem, 1fr)',
      sortBy: ({ name }) => name,
      cell: ({ name, peer }) => (
        <Text span inherit fw={560} dir="auto" title={`${name}\n${peer}`}>
          {nameOf(peer)}
        </Text>
      ),
    },
    {
      key: 'reason',
      label: t('neighbors.column.reason'),
      width: 'minmax(7rem, 1.6fr)',
      wide: true,
      cell: (neighbor) => <Reason neighbor={neighbor} />,
    },
    {
      key: 'solicited',
      label: t('neighbors.column.solicited'),
      width: '7rem',
      wide: true,
      cell: ({ solicited }) => t(`neighbors.solicited.${solicited}`),
    },
    {
      key: 'seen',
      label: t('neighbors.seen'),
      width: '7.5rem',
      sortBy: ({ statistics }) => statistics.seenAt ?? 0,
      cell: ({ statistics }) => (
        <>
          <Reachable statistics={statistics} short /> <Ago at={statistics.seenAt} />
        </>
      ),
    },
    ...judging(t),
    {
      key: 'tab',
      label: t('neighbors.column.tab'),
      width: 'minmax(7rem, 9.5rem)',
      end: true,
      cell: ({ tabs }) => <Tabs tabs={tabs} />,
    },
  ];
}

function Reason({ neighbor }: { readonly neighbor: NeighborView }) {
  const reason = useListingReason()(neighbor);
  return (
    <Text span inherit c="dimmed" dir="auto" title={reason}>
      {reason}
    </Text>
  );
}

function Tabs({ tabs }: Pick<NeighborView, 'tabs'>) {
  const open = tabs.filter(({ netOwed }) => netOwed !== 0);
  const [first] = open.length > 0 ? open : tabs;
  if (!first) return '–';
  return (
    <>
      <NetTab {...first} />
      {open.length > 1 && ` +${open.length - 1}`}
    </>
  );
}
