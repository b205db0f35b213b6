import { ActionIcon, Progress, Stack, Text, Tooltip } from '@mantine/core';
import { IconStack2, IconTrash } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { sizeText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { DocumentTitle, Earned, TimesSold } from './document-cells.tsx';

type Kept = MethodOutput<'library.kept'>;
type Copy = Kept['copies'][number];

/** Copies of documents that were bought for others and served from here (§3, concealment), and their budget. */
export function KeptPanel() {
  const t = useTexts();
  const kept = useAnswer('library.kept', {}).data;
  const columns = useMemo(() => columnsOf(t), [t]);
  if (!kept) return null;
  return (
    <>
      <Budget kept={kept} />
      <DataTable
        label={t('library.tab.kept')}
        columns={columns}
        rows={kept.copies}
        rowKey={({ documentId }) => documentId}
        empty={
          <Empty
            icon={IconStack2}
            title={t('library.kept.empty.title')}
            text={t('library.kept.empty.text')}
          />
        }
      />
    </>
  );
}

function Budget({ kept: { budgetBytes, keptBytes, comingBytes } }: { readonly kept: Kept }) {
  const t = useTexts();
  const arriving = useAnswer('downloads.list', {}).data?.downloads.filter((one) => one.forBuyer);
  const arrived = arriving?.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0) ?? 0;
  const part = (bytes: number) => Math.min(100, (100 * bytes) / Math.max(1, budgetBytes));
  return (
    <Stack gap={6} maw="32rem">
      <Text size="sm" className="souk-number">
        {t('library.kept.used', { used: sizeText(keptBytes), budget: sizeText(budgetBytes) })}
        {comingBytes > 0 &&
          ` · ${t('library.kept.coming', { arrived: sizeText(arrived), size: sizeText(comingBytes) })}`}
      </Text>
      <Progress.Root size={6}>
        <Progress.Section
          value={part(keptBytes)}
          aria-label={t('library.kept.used', {
            used: sizeText(keptBytes),
            budget: sizeText(budgetBytes),
          })}
        />
        <Progress.Section
          value={part(comingBytes)}
          color="yellow.7"
          aria-label={t('library.kept.coming', {
            arrived: sizeText(arrived),
            size: sizeText(comingBytes),
          })}
        />
      </Progress.Root>
      <Text size="xs" c="dimmed">
        {t('library.kept.hint')}
      </Text>
    </Stack>
  );
}

function columnsOf(t: ReturnType<typeof useTexts>): readonly Column<Copy>[] {
  return [
    {
      key: 'title',
      label: t('library.column.title'),
      width: 'minmax(10rem, 1fr)',
      sortBy: ({ title }) => title,
      cell: ({ title }) => <DocumentTitle title={title} />,
    },
    {
      key: 'size',
      label: t('library.column.size'),
      width: '5.5rem',
      end: true,
      sortBy: ({ sizeBytes }) => sizeBytes,
      cell: ({ sizeBytes }) => <span className="souk-number">{sizeText(sizeBytes)}</span>,
    },
    {
      key: 'from',
      label: t('library.kept.from'),
      width: '8rem',
      wide: true,
      cell: ({ seller }) => <PeerName peer={seller} />,
    },
    {
      key: 'at',
      label: t('library.kept.since'),
      width: '11rem',
      wide: true,
      sortBy: ({ at }) => at,
      cell: ({ at }) => timeText(at),
    },
    {
      key: 'sold',
      label: t('library.column.sold'),
      width: '4.5rem',
      end: true,
      sortBy: ({ sold }) => sold,
      cell: ({ sold }) => <TimesSold sold={sold} />,
    },
    {
      key: 'earned',
      label: t('library.column.earned'),
      width: '8rem',
      end: true,
      wide: true,
      cell: ({ earned }) => <Earned earned={earned} />,
    },
    {
      key: 'actions',
      label: '',
      width: '3rem',
      end: true,
      cell: (copy) => <Drop copy={copy} />,
    },
  ];
}

function Drop({ copy: { documentId, title, inUse } }: { readonly copy: Copy }) {
  const t = useTexts();
  const { run, busy } = useCommand('library.dropKept');
  const label = t(inUse ? 'library.kept.in-use' : 'library.kept.drop');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${label}: ${title}`}
        aria-disabled={inUse}
        data-disabled={inUse}
        loading={busy}
        onClick={() => !inUse && run({ documentId })}
      >
        <IconTrash size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}
