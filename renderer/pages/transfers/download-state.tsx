import { Group, Progress, Text } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconClockPause,
  IconKey,
  IconLockOpen,
  IconPlayerPauseFilled,
  IconProgress,
  IconProgressDown,
  IconShieldCheck,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { useNameOf } from '../../components/peer-name.tsx';
import { locale, useTexts } from '../../i18n/index.ts';
import { type DownloadRow, endedStages, progressOf, type Stage } from './transfer-rows.ts';

const signs: Partial<Record<Stage, [ComponentType<{ size?: number }>, string]>> = {
  complete: [IconCircleCheckFilled, 'tile.6'],
  failed: [IconCircleXFilled, 'red.7'],
  'given-up': [IconCircleXFilled, 'gray.6'],
  expired: [IconCircleXFilled, 'red.7'],
  paused: [IconPlayerPauseFilled, 'gray.6'],
  interrupted: [IconCircleXFilled, 'orange.7'],
  waiting: [IconClockPause, 'orange.7'],
  silent: [IconClockPause, 'orange.7'],
  holding: [IconKey, 'blue.7'],
  unsealing: [IconLockOpen, 'blue.7'],
  verifying: [IconShieldCheck, 'blue.7'],
  retrieving: [IconProgressDown, 'tile.6'],
};

/** How a download stands: in words, with its progress while it is on its way. */
export function DownloadState({ row }: { readonly row: DownloadRow }) {
  const t = useTexts();
  const nameOf = useNameOf();
  const { stage } = row;
  const [Icon, color] = signs[stage] ?? [IconProgress, 'yellow.8'];
  const part = progressOf(row);
  const percent = part.toLocaleString(locale(), { style: 'percent', maximumFractionDigits: 0 });
  return (
    <div>
      <Group gap={6} wrap="nowrap">
        <Text span c={color} style={{ display: 'inline-flex', flex: 'none' }} aria-hidden>
          <Icon size={16} />
        </Text>
        <Text span inherit truncate flex={1}>
          {isAwaited(stage)
            ? t('transfers.stage.waiting-for', {
                peer: nameOf(row.deal.serving ?? row.deal.seller),
              })
            : t(`transfers.stage.${stage}`)}
        </Text>
        {!endedStages.has(stage) && row.download && (
          <Text span size="xs" c="dimmed" className="souk-number">
            {/* It begins at nothing again: said plainly, it is not taken for retrieving once more. */}
            {stage === 'verifying' ? t('transfers.checked', { part: percent }) : percent}
          </Text>
        )}
      </Group>
      {!endedStages.has(stage) && row.download && (
        <Progress
          value={part * 100}
          size={4}
          mt={5}
          color={colorOfBar(stage)}
          aria-label={`${t('transfers.progress')}: ${row.deal.title}`}
        />
      )}
    </div>
  );
}

function colorOfBar(stage: Stage): string {
  if (stage === 'verifying') return 'blue.7';
  return stage === 'paused' || isAwaited(stage) ? 'gray' : 'tile';
}

/** It is the other peer's turn. */
function isAwaited(stage: Stage): stage is 'waiting' | 'silent' {
  return stage === 'waiting' || stage === 'silent';
}
