import { Button, Group, Progress, Text } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconProgress,
  IconProgressDown,
  IconUpload,
} from '@tabler/icons-react';
import { useMemo } from 'react';
import { go } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { speedText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { speedAt, useUploads } from '../../stores/transfer-rates.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useNow } from '../../stores/use-now.ts';
import { TransferTitle } from './transfer-title.tsx';
import { type UploadRow, uploadRows } from './upload-rows.ts';

/** Documents that others retrieve from here, and those retrieved lately. */
export function UploadsPanel() {
  const t = useTexts();
  const uploads = useUploads(({ uploads: all }) => all);
  const sold = useAnswer('deals.list', { roles: ['sold'], limit: 500 }).data?.deals;
  const shared = useAnswer('peer.status', {}).data?.counts.documents;
  const now = useNow();
  const rows = useMemo(
    () =>
      uploadRows(
        Object.entries(uploads).map(([id, one]) => ({ id, ...one })),
        sold ?? [],
      ),
    [uploads, sold],
  );
  return (
    <DataTable
      label={t('transfers.uploads')}
      columns={columnsOf(t, now)}
      rows={rows}
      rowKey={({ id }) => id}
      rowHeight={52}
      onOpen={({ deal }) => deal && go('deals', deal.deal)}
      empty={
        sold && (
          <Empty
            icon={IconUpload}
            title={t('transfers.uploads.empty.title')}
            text={t('transfers.uploads.empty.text')}
            action={
              shared === 0 && (
                <Button mt="sm" onClick={() => go('library')}>
                  {t('library.share')}
                </Button>
              )
            }
          />
        )
      }
    />
  );
}

function columnsOf(t: ReturnType<typeof useTexts>, now: number): readonly Column<UploadRow>[] {
  return [
    {
      key: 'document',
      label: t('transfers.column.document'),
      width: 'minmax(10rem, 1fr)',
      cell: ({ deal, documentId, sizeBytes, peer }) => (
        <TransferTitle title={deal?.title ?? documentId} sizeBytes={sizeBytes} to={peer} />
      ),
    },
    {
      key: 'state',
      label: t('transfers.column.state'),
      width: '11rem',
      cell: ({ state, part, deal, documentId }) => (
        <>
          <Group gap={6} wrap="nowrap">
            <Sign state={state} />
            {t(`transfers.upload.${state}`)}
          </Group>
          {state === 'sending' && (
            <Progress
              value={part * 100}
              size={4}
              mt={5}
              aria-label={`${t('transfers.progress')}: ${deal?.title ?? documentId}`}
            />
          )}
        </>
      ),
    },
    {
      key: 'speed',
      label: t('transfers.column.speed'),
      width: '6.5rem',
      end: true,
      cell: (row) =>
        row.state === 'sending' ? (
          <span className="souk-number">{speedText(speedAt(row, now))}</span>
        ) : null,
    },
    {
      key: 'price',
      label: t('transfers.column.price'),
      width: '6rem',
      end: true,
      cell: ({ deal }) => deal && <Amount inherit currency={deal.currency} value={deal.price} />,
    },
  ];
}

const signs = {
  sending: [IconProgressDown, 'tile.6'],
  sent: [IconCircleCheckFilled, 'tile.6'],
  'handed-over': [IconProgress, 'yellow.8'],
  delivered: [IconCircleCheckFilled, 'tile.6'],
  broken: [IconCircleXFilled, 'orange.7'],
} as const;

/** As the downloads have them. */
function Sign({ state }: Pick<UploadRow, 'state'>) {
  const [Icon, color] = signs[state];
  return (
    <Text span c={color} style={{ display: 'inline-flex', flex: 'none' }} aria-hidden>
      <Icon size={16} />
    </Text>
  );
}
