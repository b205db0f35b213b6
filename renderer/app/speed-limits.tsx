import { Group, Popover, SegmentedControl, Text, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGauge } from '@tabler/icons-react';
import { useState } from 'react';
import { NumberField } from '../components/number-field.tsx';
import { speedText } from '../components/units.ts';
import { useTexts } from '../i18n/index.ts';
import { useAnswer } from '../stores/use-answer.ts';
import { useCommand } from '../stores/use-command.ts';
import { type KeptLimits, keepLimits, keptLimits } from './kept-limits.ts';

interface SpeedLimitsProps {
  readonly down: number;
  readonly up: number;
}

/** Both speeds in the status bar, and the quick switch for their limits behind them. */
export function SpeedLimits({ down, up }: SpeedLimitsProps) {
  const t = useTexts();
  const [opened, setOpened] = useState(false);
  const limits = useAnswer('settings.get', {}).data?.limits ?? {};
  const limited = Object.values(limits).some((limit) => limit !== undefined);
  return (
    <Popover opened={opened} onChange={setOpened} position="top-start" trapFocus>
      <Popover.Target>
        <UnstyledButton
          className="souk-status-button"
          aria-label={t('limits.open')}
          title={t('limits.open')}
          onClick={() => setOpened((was) => !was)}
        >
          <Group gap={4} wrap="nowrap">
            <IconArrowDown size={13} />
            <Text size="xs" className="souk-number">
              {speedText(down)}
            </Text>
            <IconArrowUp size={13} style={{ marginInlineStart: 6 }} />
            <Text size="xs" className="souk-number">
              {speedText(up)}
            </Text>
            {limited && <IconGauge size={14} aria-label={t('limits.limited')} />}
          </Group>
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown>
        <Limits limits={limits} limited={limited} />
      </Popover.Dropdown>
    </Popover>
  );
}

interface LimitsProps {
  readonly limits: KeptLimits;
  readonly limited: boolean;
}

function Limits({ limits, limited }: LimitsProps) {
  const t = useTexts();
  const { run } = useCommand('downloads.limit');
  const set = (wish: KeptLimits) => {
    if (Object.keys(wish).length > 0) keepLimits(wish);
    return run({
      downloadBytesPerSecond: wish.downloadBytesPerSecond ?? null,
      uploadBytesPerSecond: wish.uploadBytesPerSecond ?? null,
    });
  };
  return (
    <>
      <Text size="sm" fw={600} mb="xs">
        {t('limits.title')}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        mb="xs"
        aria-label={t('limits.title')}
        data={[
          { value: 'none', label: t('limits.none') },
          { value: 'limited', label: t('limits.limited') },
        ]}
        value={limited ? 'limited' : 'none'}
        onChange={(value) => set(value === 'limited' ? keptLimits() : {})}
      />
      <Group gap="xs" wrap="nowrap">
        {(['downloadBytesPerSecond', 'uploadBytesPerSecond'] as const).map((which) => (
          <Rate
            key={`${which} ${limits[which]}`}
            label={t(which === 'downloadBytesPerSecond' ? 'limits.down' : 'limits.up')}
            bytesPerSecond={limits[which]}
            disabled={!limited}
            onSet={(rate) => {
              const { [which]: _, ...others } = limits;
              return set(rate === undefined ? others : { ...others, [which]: rate });
            }}
          />
        ))}
      </Group>
      <Text size="xs" c="dimmed" mt={6}>
        {t('limits.hint')}
      </Text>
    </>
  );
}

interface RateProps {
  readonly label: string;
  readonly bytesPerSecond: number | undefined;
  readonly disabled: boolean;
  readonly onSet: (bytesPerSecond: number | undefined) => unknown;
}

/** Told when the field is left or Enter is pressed, not with every digit. */
function Rate({ label, bytesPerSecond, disabled, onSet }: RateProps) {
  const before = bytesPerSecond === undefined ? '' : bytesPerSecond / 1_000;
  const [value, setValue] = useState<string | number>(before);
  const tell = () => {
    if (value !== before) onSet(Number(value) > 0 ? Math.round(Number(value) * 1_000) : undefined);
  };
  return (
    <NumberField
      size="xs"
      w="8rem"
      label={label}
      min={0}
      max={10_000_000}
      step={100}
      allowNegative={false}
      disabled={disabled}
      value={value}
      onChange={setValue}
      onBlur={tell}
      onKeyDown={({ key }) => key === 'Enter' && tell()}
    />
  );
}
