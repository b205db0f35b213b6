import { Button, Group, NumberInput, SegmentedControl, Select, Text } from '@mantine/core';
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconRefresh,
} from '@tabler/icons-react';
import { useState } from 'react';
import { locale, useTexts } from '../../i18n/index.ts';
import { graphKinds, type WatchPlan } from './scene.ts';
import type { WatchedWorld } from './watched-world.ts';

export const speeds = [0.5, 1, 4, 16] as const;
const sizes = [12, 24, 48] as const;
const seedMax = 999_999;

interface PlayControlsProps {
  readonly world: WatchedWorld;
  readonly playing: boolean;
  readonly speed: number;
  readonly onSpeed: (speed: number) => void;
}

export function PlayControls({ world, playing, speed, onSpeed }: PlayControlsProps) {
  const t = useTexts();
  const times = (value: number) =>
    t('watch.speed.times', { times: value.toLocaleString(locale()) });
  return (
    <Group gap="xs">
      <Button
        size="sm"
        miw="9.5rem"
        leftSection={playing ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
        onClick={() => (playing ? world.pause() : world.play())}
      >
        {t(playing ? 'watch.pause' : 'watch.play')}
      </Button>
      <Button
        size="sm"
        variant="default"
        leftSection={<IconPlayerSkipForward size={17} />}
        onClick={() => world.step()}
      >
        {t('watch.step')}
      </Button>
      <SegmentedControl
        size="sm"
        aria-label={t('watch.speed')}
        data={speeds.map((value) => ({ value: String(value), label: times(value) }))}
        value={String(speed)}
        onChange={(value) => onSpeed(Number(value))}
      />
    </Group>
  );
}

interface PlanControlsProps {
  readonly plan: WatchPlan;
  readonly onBegin: (plan: WatchPlan) => void;
}

/** What is chosen here counts for the next market, which begins at once. */
export function PlanControls({ plan, onBegin }: PlanControlsProps) {
  const t = useTexts();
  const [seed, setSeed] = useState<number | string>(plan.seed);
  const begin = (change: Partial<WatchPlan>) => onBegin({ ...plan, ...change });
  const chosen = typeof seed === 'number' && Number.isInteger(seed) ? seed : plan.seed;
  return (
    <Group gap="xs" align="center">
      <Select
        size="sm"
        w="13rem"
        aria-label={t('watch.graph')}
        title={t('watch.graph')}
        allowDeselect={false}
        data={graphKinds.map((value) => ({ value, label: t(`watch.graph.${value}`) }))}
        value={plan.graph}
        onChange={(value) =>
          begin({ graph: graphKinds.find((kind) => kind === value) ?? plan.graph })
        }
      />
      <Text size="sm" component="span">
        {t('watch.people')}
      </Text>
      <SegmentedControl
        size="sm"
        aria-label={t('watch.people')}
        data={sizes.map(String)}
        value={String(plan.peers)}
        onChange={(value) => begin({ peers: Number(value) })}
      />
      <Text size="sm" component="span" title={t('watch.seed.hint')}>
        {t('watch.seed')}
      </Text>
      <NumberInput
        size="sm"
        w="6.5rem"
        aria-label={t('watch.seed')}
        title={t('watch.seed.hint')}
        min={1}
        max={seedMax}
        clampBehavior="strict"
        allowDecimal={false}
        value={seed}
        onChange={setSeed}
      />
      <Button
        size="sm"
        variant="default"
        leftSection={<IconRefresh size={17} />}
        onClick={() => begin({ seed: chosen })}
      >
        {t('watch.again')}
      </Button>
    </Group>
  );
}
