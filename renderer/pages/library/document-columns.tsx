import { Badge } from '@mantine/core';
import type { Column } from '../../components/data-table.tsx';
import { formatName } from '../../components/media-kinds.ts';
import { sizeText } from '../../components/units.ts';
import type { useTexts } from '../../i18n/index.ts';
import { AskingPrice } from './asking-price.tsx';
import { DocumentTitle, Earned, TimesSold } from './document-cells.tsx';
import type { ShelfDocumentView } from './shelf-document.ts';

export function documentColumns(
  t: ReturnType<typeof useTexts>,
): readonly Column<ShelfDocumentView>[] {
  return [
    {
      key: 'title',
      label: t('library.column.title'),
      width: 'minmax(9rem, 1fr)',
      cell: ({ title }) => <DocumentTitle title={title} />,
    },
    {
      key: 'kind',
      label: t('library.column.kind'),
      width: '6rem',
      wide: true,
      cell: ({ mediaType }) => (
        <Badge variant="default" fw={500} tt="none" maw="100%" title={mediaType}>
          {formatName(mediaType)}
        </Badge>
      ),
    },
    {
      key: 'size',
      label: t('library.column.size'),
      width: '5rem',
      end: true,
      cell: ({ sizeBytes }) => <span className="souk-number">{sizeText(sizeBytes)}</span>,
    },
    {
      key: 'price',
      label: t('library.column.price'),
      width: '9.5rem',
      end: true,
      cell: (document) => <AskingPrice document={document} />,
    },
    {
      key: 'sold',
      label: t('library.column.sold'),
      width: '4rem',
      end: true,
      cell: ({ sold }) => <TimesSold sold={sold} />,
    },
    {
      key: 'earned',
      label: t('library.column.earned'),
      width: '8rem',
      end: true,
      cell: ({ earned }) => <Earned earned={earned} />,
    },
  ];
}
