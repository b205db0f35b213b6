import './deals.css';
import { Button, Group, SegmentedControl, Select } from '@mantine/core';
import { IconArrowsExchange, IconFilterOff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { useFaces } from '../../components/amount.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { Page } from '../../components/page.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { dealColumns } from './deal-columns.tsx';
import { DealDetail } from './deal-detail.tsx';
import type { DealView } from './deal-words.ts';
import { useDealPages } from './use-deal-pages.ts';

/** Every deal of this peer; one of them where the route names it. */
export function DealsPage() {
  const { part } = useRoute();
  return part === undefined ? <DealList /> : <DealDetail deal={part} />;
}

const roles = ['all', 'bought', 'sold', 'found'] as const;
const progresses = ['any', 'open', 'ended', 'failed', 'contested'] as const;
type RoleChoice = (typeof roles)[number];
type ProgressChoice = (typeof progresses)[number];

// Always the same functions: rows that did not change are not drawn anew.
const keyOfDeal = ({ side, deal }: DealView) => `${side} ${deal}`;
const openDeal = ({ deal }: DealView) => go('deals', deal);

function DealList() {
  const t = useTexts();
  const [role, setRole] = useState<RoleChoice>('all');
  const [progress, setProgress] = useState<ProgressChoice>('any');
  const { deals, more } = useDealPages({
    roles: role === 'all' ? ['bought', 'sold', 'found'] : [role],
    ...(progress !== 'any' && { progress }),
  });
  const nameOf = useNameOf();
  const faceOf = useFaces();
  const columns = useMemo(() => dealColumns({ t, nameOf, faceOf }), [t, nameOf, faceOf]);
  const any = useAnswer('deals.list', { limit: 1 }).data?.deals.length !== 0;
  return (
    <Page title={t('deals.title')} hint={t('deals.hint')} fill>
      <Group gap="sm">
        <SegmentedControl
          aria-label={t('deals.filter.role')}
          data={roles.map((value) => ({ value, label: t(`deals.role.${value}`) }))}
          value={role}
          onChange={setRole}
        />
        <Select
          aria-label={t('deals.filter.progress')}
          w="11rem"
          allowDeselect={false}
          data={progresses.map((value) => ({ value, label: t(`deals.progress.${value}`) }))}
          value={progress}
          onChange={(value) => setProgress(progresses.find((each) => each === value) ?? 'any')}
        />
      </Group>
      <DataTable
        label={t('deals.title')}
        columns={columns}
        rows={deals ?? []}
        rowKey={keyOfDeal}
        onOpen={openDeal}
        onEnd={more}
        empty={deals && (any ? <NoneFits /> : <NoDeals />)}
      />
    </Page>
  );
}

function NoneFits() {
  const t = useTexts();
  return <Empty icon={IconFilterOff} title={t('deals.none.title')} text={t('deals.none.text')} />;
}

function NoDeals() {
  const t = useTexts();
  return (
    <Empty
      icon={IconArrowsExchange}
      title={t('deals.empty.title')}
      text={t('deals.empty.text')}
      action={
        <Button mt="sm" onClick={() => go('search')}>
          {t('deals.empty.action')}
        </Button>
      }
    />
  );
}
