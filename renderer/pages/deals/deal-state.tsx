import { Group, Text } from '@mantine/core';
import {
  IconCircleCheckFilled,
  IconCircleXFilled,
  IconProgress,
  IconScale,
} from '@tabler/icons-react';
import { useTexts } from '../../i18n/index.ts';
import { type contestOutcome, progressOf } from './deal-words.ts';

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

function ContestIcon({ outcome }: { readonly outcome: string }) {
  const color = outcome === 'sent' ? 'yellow.8' : 'red.7';
  return (
    <Text span c={color} style={{ display: 'inline-flex', flex: 'none' }} aria-hidden>
      <IconScale size={17} />
    </Text>
  );
}

interface DealStateProps {
  readonly side: 'purchase' | 'sale';
  readonly state: string;
  /** How its contest stands, which says more than its state. */
  readonly outcome?: ReturnType<typeof contestOutcome>;
}

/** A deal's state: in words, with a sign that is not color alone. */
export function DealState({ side, state, outcome }: DealStateProps) {
  const t = useTexts();
  const stateText = useStateText();
  return (
    <Group gap={6} wrap="nowrap" miw={0}>
      {outcome ? <ContestIcon outcome={outcome} /> : <StateIcon state={state} />}
      <Text span inherit truncate>
        {outcome ? t(`contest.short.${outcome}`) : stateText(side, state)}
      </Text>
    </Group>
  );
}
