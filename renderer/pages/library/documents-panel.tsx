import { CloseButton, Group, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearch, IconZoomQuestion } from '@tabler/icons-react';
import { useCallback, useMemo, useState } from 'react';
import { Empty } from '../../components/empty.tsx';
import { PagedTable } from '../../components/paged-table.tsx';
import { locale, useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useAnswerPages } from '../../stores/use-answer-pages.ts';
import { documentColumns } from './document-columns.tsx';
import { NothingShared } from './nothing-shared.tsx';
import { pageLength, pagesInSight } from './pages-in-sight.ts';

const typingMs = 200;
/** Pages that only flew by are not asked for. */
const restMs = 80;
const documentIdOf = ({ documentId }: { readonly documentId: string }) => documentId;

/** Everything on the shelves, in pages that come as one scrolls. */
export function DocumentsPanel({ onShare }: { readonly onShare: () => void }) {
  const t = useTexts();
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed.trim(), typingMs);
  const counted = useAnswer('library.list', { ...(text !== '' && { text }), limit: 1 }).data;
  const total = counted?.total;
  if (total === 0 && text === '' && typed === '') {
    return <NothingShared onShare={onShare} />;
  }
  return (
    <>
      <Group justify="space-between" gap="sm">
        <TextInput
          flex="1 1 14rem"
          maw="26rem"
          aria-label={t('library.search')}
          placeholder={t('library.search')}
          leftSection={<IconSearch size={16} stroke={1.7} />}
          rightSection={
            typed !== '' && (
              <CloseButton
                size="sm"
                aria-label={t('library.search.clear')}
                onClick={() => setTyped('')}
              />
            )
          }
          value={typed}
          maxLength={256}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Text size="sm" c="dimmed" className="souk-number" aria-live="polite">
          {total !== undefined && t('library.count', { count: total.toLocaleString(locale()) })}
        </Text>
      </Group>
      {total === 0 ? (
        <Empty
          icon={IconZoomQuestion}
          title={t('library.search.nothing.title')}
          text={t('library.search.nothing.text')}
        />
      ) : (
        <DocumentsTable key={text} text={text} total={total ?? 12} />
      )}
    </>
  );
}

function DocumentsTable({ text, total }: { readonly text: string; readonly total: number }) {
  const t = useTexts();
  const [range, setRange] = useState({ first: 0, last: 30 });
  const onRange = useCallback(
    (first: number, last: number) =>
      setRange((before) =>
        before.first === first && before.last === last ? before : { first, last },
      ),
    [],
  );
  const [rested] = useDebouncedValue(range, restMs);
  const inSight = pagesInSight(rested.first, rested.last, total);
  const columns = useMemo(() => documentColumns(t), [t]);
  const pages = useAnswerPages(
    'library.list',
    inSight.map((page) => ({
      ...(text !== '' && { text }),
      limit: pageLength,
      offset: page * pageLength,
    })),
  );
  return (
    <PagedTable
      label={t('library.tab.documents')}
      columns={columns}
      count={total}
      rowAt={(index) =>
        pages[inSight.indexOf(Math.floor(index / pageLength))]?.data?.documents[index % pageLength]
      }
      rowKey={documentIdOf}
      onRange={onRange}
    />
  );
}
