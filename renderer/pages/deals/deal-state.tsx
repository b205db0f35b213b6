import { Group, Text } from '@mantine/core';
import { IconCircleCheckFilled, IconCircleXFilled, IconProgress } from '@tabler/icons-react';
import { useTexts } from '../../i18n/index.ts';
import { progressOf } from './deal-words.ts';

const faces = {
  open: { icon: IconProgress, color: 'yellow.8' },
  ended: { icon: IconCircleCheckFilled, color: 'tile.6' },
  failed: { icon: IconCircleXFilled, color: 'red.7' },
} as const;

export function StateIcon({
  state,
  size = 17,
}: {
  readonly state: string;
  readonly size?: number;
}) {
  const { icon: Icon, color } = faces[progressOf(state)];
  return (
    <Text span c={color} style={{ display: 'inline-flex', flex: 'none' }} aria-hidden>
      <Icon size={size} />
    </Text>
  );
}

export function useStateText() {
  const t = useTexts();
  return (side: 'purchase' | 'sale', state: string) => t(`deals.state.${side}.${state}`, {}, state);
}

interface DealStateProps {
  readonly side: 'purchase' | 'sale';
  readonly state: string;
}

/** A deal's state: in words, with a sign that is not color alone. */
export function DealState({ side, state }: DealStateProps) {
  const stateText = useStateText();
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      <StateIcon state={state} />
      <Text span inherit truncate>
        {stateText(side, state)}
      </Text>
    </Group>
  );
}
