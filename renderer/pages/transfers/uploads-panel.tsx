import { Anchor, Progress, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useMemo } from 'react';
import { go, pathTo } from '../../app/route.ts';
import { Amount } from '../../components/amount.tsx';
import { type Column, DataTable } from '../../components/data-table.tsx';
import { Empty } from '../../components/empty.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { sizeText, speedText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useUploads } from '../../stores/transfer-rates.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import type { Deal } from './transfer-rows.ts';
import { type UploadRow, uploadRows } from './upload-rows.ts';

/** Documents that others retrieve from here, and those retrieved lately. */
export function UploadsPanel() {
  const t = useTexts();
  const uploads = useUploads(({ uploads: all }) => all);
  const sold = useAnswer('deals.list', { roles: ['sold'], limit: 500 }).data?.deals;
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
      columns={columnsOf(t)}
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
          />
        )
      }
    />
  );
}

function columnsOf(t: ReturnType<typeof useTexts>): readonly Column<UploadRow>[] {
  return [
    {
      key: 'document',
      label: t('transfers.column.document'),
      width: 'minmax(10rem, 1fr)',
      cell: ({ deal, documentId }) => <Title deal={deal} documentId={documentId} />,
    },
    {
      key: 'state',
      label: t('transfers.column.state'),
      width: '11rem',
      cell: ({ state, part }) => (
        <>
          {t(`transfers.upload.${state}`)}
          {state === 'sending' && (
            <Progress value={part * 100} size={4} mt={5} aria-label={t('transfers.progress')} />
          )}
        </>
      ),
    },
    {
      key: 'speed',
      label: t('transfers.column.speed'),
      width: '6.5rem',
      end: true,
      cell: ({ state, bytesPerSecond }) =>
        state === 'sending' ? (
          <span className="souk-number">{speedText(bytesPerSecond)}</span>
        ) : null,
    },
    {
      key: 'size',
      label: t('transfers.column.size'),
      width: '5rem',
      wide: true,
      end: true,
      cell: ({ sizeBytes }) => <span className="souk-number">{sizeText(sizeBytes)}</span>,
    },
    {
      key: 'peer',
      label: t('transfers.column.to'),
      width: '8rem',
      cell: ({ peer }) => <PeerName peer={peer} />,
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

interface TitleProps {
  readonly deal: Deal | undefined;
  readonly documentId: string;
}

function Title({ deal, documentId }: TitleProps) {
  if (!deal) {
    return (
      <Text span inherit c="dimmed" title={documentId}>
        {documentId}
      </Text>
    );
  }
  return (
    <Anchor inherit fw={520} dir="auto" href={pathTo('deals', deal.deal)} title={deal.title}>
      {deal.title}
    </Anchor>
  );
}
