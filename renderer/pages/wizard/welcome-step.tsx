import { Button, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import {
  IconArrowRight,
  IconClockPlay,
  IconDatabase,
  IconDoorEnter,
  IconTransfer,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { go } from '../../app/route.ts';
import { speedText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { StepHead } from './step-head.tsx';
import { TryDemo } from './try-demo.tsx';

/** What Souk is, what it costs, and the two ways to begin. */
export function WelcomeStep() {
  const t = useTexts();
  return (
    <Stack gap="lg" className="souk-wizard-panel">
      <StepHead title={t('wizard.welcome.title')} text={t('wizard.welcome.text')} />
      <Costs />
      <Group>
        <Button
          size="md"
          rightSection={<IconArrowRight size={18} />}
          onClick={() => go('wizard', 'you')}
        >
          {t('wizard.welcome.go')}
        </Button>
      </Group>
      <TryDemo />
    </Stack>
  );
}

function Costs() {
  const t = useTexts();
  const status = useAnswer('peer.status', {}).data;
  const settings = useAnswer('settings.get', {}).data;
  const local = settings?.host === '127.0.0.1' || settings?.host === '::1';
  const limit = (rate: number | undefined) =>
    rate === undefined ? t('wizard.cost.unlimited') : speedText(rate);
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('wizard.cost.title')}>
      <Title order={2} size="h5" mb="sm">
        {t('wizard.cost.title')}
      </Title>
      <Stack gap="sm" mih="13rem">
        {status && settings && (
          <>
            <Cost
              icon={IconDoorEnter}
              title={t('wizard.cost.port', { port: status.port })}
              text={t(local ? 'wizard.cost.port.local' : 'wizard.cost.port.text')}
            />
            <Cost
              icon={IconTransfer}
              title={t('wizard.cost.bandwidth')}
              text={t('wizard.cost.bandwidth.text', {
                up: limit(settings.limits.uploadBytesPerSecond),
                down: limit(settings.limits.downloadBytesPerSecond),
              })}
            />
            <Cost
              icon={IconDatabase}
              title={t('wizard.cost.disk')}
              text={t('wizard.cost.disk.text')}
            />
            <Cost
              icon={IconClockPlay}
              title={t('wizard.cost.run')}
              text={t('wizard.cost.run.text')}
            />
          </>
        )}
      </Stack>
    </Paper>
  );
}

interface CostProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly title: string;
  readonly text: string;
}

function Cost({ icon: Icon, title, text }: CostProps) {
  return (
    <Group wrap="nowrap" gap="md" align="flex-start">
      <ThemeIcon variant="light" size={34} radius="md">
        <Icon size={19} stroke={1.6} />
      </ThemeIcon>
      <div>
        <Text size="sm" fw={560}>
          {title}
        </Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
    </Group>
  );
}
