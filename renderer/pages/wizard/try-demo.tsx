import { Button, Group, Paper, Text, ThemeIcon } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { useFinish } from './use-finish.ts';

/** One click to a market of simulated neighbors; not drawn where the program cannot bring one up. */
export function TryDemo() {
  const t = useTexts();
  const demo = useAnswer('demo.status', {}).data;
  const start = useCommand('demo.start');
  const { finish, busy } = useFinish();
  if (!demo?.available) return null;
  const begin = async () => {
    const started = demo.state === 'off' ? await start.run({}) : { ok: true };
    if (started.ok) await finish('search');
  };
  return (
    <Paper withBorder p="lg" component="section" aria-label={t('wizard.demo.title')}>
      <Group wrap="nowrap" align="flex-start" gap="md">
        <ThemeIcon variant="light" size={34} radius="md" color="yellow">
          <IconBuildingStore size={19} stroke={1.6} />
        </ThemeIcon>
        <div style={{ flex: 1 }}>
          <Text fw={560}>{t('wizard.demo.title')}</Text>
          <Text size="sm" c="dimmed" mt={2}>
            {t('wizard.demo.text')}
          </Text>
          <Button variant="light" mt="sm" loading={start.busy || busy} onClick={() => void begin()}>
            {t('wizard.demo.go')}
          </Button>
        </div>
      </Group>
    </Paper>
  );
}
