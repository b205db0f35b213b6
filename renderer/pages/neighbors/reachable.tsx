import { Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { agoText } from './ago.tsx';
import type { NeighborView } from './neighbor-views.ts';

interface ReachableProps {
  readonly statistics: Pick<NeighborView['statistics'], 'answers' | 'missedAt'>;
  /** The sign alone; its words are its name. */
  readonly short?: boolean;
}

/** Whether a peer answered the last call: by a sign and in words. */
export function Reachable({ statistics: { answers, missedAt }, short }: ReachableProps) {
  const t = useTexts();
  const words =
    answers === undefined
      ? t('neighbors.reach.unknown')
      : answers
        ? t('neighbors.reach.yes')
        : t('neighbors.reach.no', { when: missedAt === undefined ? '' : agoText(missedAt) });
  const Icon = answers === undefined ? IconCircleDashed : answers ? IconCircleCheck : IconCircleX;
  return (
    <Text
      span
      inherit
      {...(answers === false ? { c: 'red' } : answers === undefined ? { c: 'dimmed' } : {})}
      title={missedAt === undefined || answers ? words : `${words} (${timeText(missedAt)})`}
    >
      <Icon
        size={15}
        stroke={1.7}
        style={{ verticalAlign: 'text-bottom' }}
        {...(short ? { role: 'img', 'aria-label': words } : { 'aria-hidden': true })}
      />
      {short ? null : ` ${words}`}
    </Text>
  );
}
