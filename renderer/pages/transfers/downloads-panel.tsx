import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { go } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { spanText, speedText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useNow } from '../../stores/use-now.ts';
import { DownloadActions } from './download-actions.tsx';
import { DownloadDetail } from './download-detail.tsx';
import { DownloadState } from './download-state.tsx';
import { type DownloadRow, downloadRows } from './transfer-rows.ts';
import { TransferTitle } from './transfer-title.tsx';

/** As many bought documents as the list reaches back; the deals page has them all. */
const shownMax = 500;

/** What was bought: on its way, arrived, or failed with the reason. */
export function DownloadsPanel() {
  const t = useTexts();
  const deals = useAnswer('deals.list', { roles: ['bought'], limit: shownMax }).data?.deals;
  const downloads = useAnswer('downloads.list', {}).data?.downloads;
  const rows = useMemo(() => downloadRows(deals ?? [], downloads ?? []), [deals, downloads]);
  return (
    <DataTable
      label={t('transfers.downloads')}
      columns={columnsOf(t)}
      rows={rows}
      rowKey={({ deal }) => deal.deal}
      rowHeight={52}
      detail={(row) => <DownloadDetail row={row} />}
      empty={deals && <NoDownloads />}
    />
  );
}

function columnsOf(t: ReturnType<typeof useTexts>): readonly Column<DownloadRow>[] {
  return [
    {
      key: 'document',
      label: t('transfers.column.document'),
      width: 'minmax(10rem, 1.5fr)',
      cell: ({ deal }) => (
        <TransferTitle
          title={deal.title}
          sizeBytes={deal.sizeBytes}
          from={deal.serving ?? deal.seller}
        />
      ),
    },
    {
      key: 'state',
      label: t('transfers.column.state'),
      width: 'minmax(10rem, 1fr)',
      cell: (row) => <DownloadState row={row} />,
    },
    {
      key: 'speed',
      label: t('transfers.column.speed'),
      width: '6.5rem',
      end: true,
      wide: true,
      cell: ({ download, stage }) => {
        if (download?.state.kind === 'waiting') return <Retry at={download.state.retryAt} />;
        return stage === 'retrieving' && download ? <Speed {...download} /> : null;
      },
    },
    {
      key: 'price',
      label: t('transfers.column.price'),
      width: '6rem',
      end: true,
      cell: ({ deal }) => <Amount inherit currency={deal.currency} value={deal.price} />,
    },
    {
      key: 'actions',
      label: '',
      width: '6rem',
      end: true,
      cell: (row) => <DownloadActions row={row} />,
    },
  ];
}

interface SpeedProps {
  readonly bytesPerSecond: number;
  readonly secondsLeft?: number | undefined;
}

function Speed({ bytesPerSecond, secondsLeft }: SpeedProps) {
  const t = useTexts();
  return (
    <div className="souk-number" style={{ lineHeight: 1.25 }}>
      {speedText(bytesPerSecond)}
      <Text size="xs" c="dimmed">
        {secondsLeft === undefined
          ? t('transfers.left.unknown')
          : t('transfers.left', { time: spanText(secondsLeft * 1_000) })}
      </Text>
    </div>
  );
}

/** When a retrieval that met trouble is tried again. */
function Retry({ at }: { readonly at: number }) {
  const t = useTexts();
  const now = useNow();
  return (
    <Text span size="xs" c="dimmed" className="souk-number">
      {t('transfers.retry-in', { time: spanText(at - now) })}
    </Text>
  );
}

function NoDownloads() {
  const t = useTexts();
  return (
    <Empty
      icon={IconDownload}
      title={t('transfers.downloads.empty.title')}
      text={t('transfers.downloads.empty.text')}
      action={
        <Button mt="sm" onClick={() => go('search')}>
          {t('transfers.downloads.empty.action')}
        </Button>
      }
    />
  );
}
