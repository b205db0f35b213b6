import { Text } from '@mantine/core';
import type { Column } from '../../components/data-table.tsx';
import { percentText } from '../../components/share-text.ts';
import type { useTexts } from '../../i18n/index.ts';
import { durationText } from './duration-text.ts';
import type { NeighborView } from './neighbor-views.ts';

/** What a person judges neighbors by at a glance: what they delivered, how often and how fast they bid. */
export function judging(t: ReturnType<typeof useTexts>): readonly Column<NeighborView>[] {
  return [
    {
      key: 'share',
      label: t('neighbors.column.share'),
      width: '6rem',
      end: true,
      sortBy: ({ statistics: { expected } }) => expected.good / expected.of,
      cell: ({ statistics: { share } }) =>
        share.of === 0 ? (
          <Text span inherit c="dimmed">
            {t('neighbors.column.share.none')}
          </Text>
        ) : (
          <Figures text={percentText(share.good, share.of)} of={share.of} />
        ),
    },
    {
      key: 'bids',
      label: t('neighbors.column.bids'),
      width: '5.5rem',
      end: true,
      wide: true,
      sortBy: ({ statistics: { asked } }) => (asked.all === 0 ? -1 : asked.bid / asked.all),
      cell: ({ statistics: { asked } }) =>
        asked.all === 0 ? '–' : <Figures text={percentText(asked.bid, asked.all)} of={asked.all} />,
    },
    {
      key: 'time',
      label: t('neighbors.column.time'),
      width: '5rem',
      end: true,
      wide: true,
      sortBy: ({ statistics: { bidTimes } }) => bidTimes?.medianMs ?? Number.MAX_SAFE_INTEGER,
      cell: ({ statistics: { bidTimes } }) => (
        <span className="souk-number">{bidTimes ? durationText(bidTimes.medianMs) : '–'}</span>
      ),
    },
  ];
}

/** A share, and of how many: three of three say less than ninety of a hundred. */
function Figures({ text, of }: { readonly text: string; readonly of: number }) {
  return (
    <span className="souk-number">
      {text}{' '}
      <Text span inherit c="dimmed">
        / {of}
      </Text>
    </span>
  );
}
