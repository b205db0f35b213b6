import { Button, Group, Stack, Text, ThemeIcon } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconCircleDashed } from '@tabler/icons-react';
import { go } from '../../app/route.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { StepHead } from './step-head.tsx';
import { useFinish } from './use-finish.ts';

/** What was done, what is left for later, and the way in. */
export function ReadyStep() {
  const t = useTexts();
  const { finish, busy } = useFinish();
  const status = useAnswer('peer.status', {}).data;
  const folders = useAnswer('library.folders', {}).data?.folders.length ?? 0;
  const currencies = useAnswer('wallet.list', {}).data?.currencies.length ?? 0;
  const neighbors = status?.counts.neighbors ?? 0;
  return (
    <Stack gap="lg" className="souk-wizard-panel">
      <StepHead title={t('wizard.ready.title')} text={t('wizard.ready.text')} />
      <Stack gap="sm">
        <Item done text={t('wizard.ready.name', { name: status?.name ?? '' })} />
        <Item
          done={folders > 0}
          text={t(folders > 0 ? 'wizard.ready.share' : 'wizard.ready.share.later', {
            count: folders,
          })}
        />
        <Item
          done={currencies > 0}
          text={t(currencies > 0 ? 'wizard.ready.money' : 'wizard.ready.money.later', {
            count: currencies,
          })}
        />
        <Item
          done={neighbors > 0}
          text={t(neighbors > 0 ? 'wizard.ready.neighbor' : 'wizard.ready.neighbor.later', {
            count: neighbors,
          })}
        />
      </Stack>
      <Group justify="space-between" className="souk-wizard-ways">
        <Button
          variant="subtle"
          leftSection={<IconArrowLeft size={17} />}
          onClick={() => go('wizard', 'neighbor')}
        >
          {t('wizard.back')}
        </Button>
        <Button size="md" loading={busy} onClick={() => void finish()}>
          {t('wizard.ready.go')}
        </Button>
      </Group>
    </Stack>
  );
}

function Item({ done, text }: { readonly done: boolean; readonly text: string }) {
  return (
    <Group gap="sm" wrap="nowrap" align="flex-start">
      <ThemeIcon size={24} radius="xl" variant="light" color={done ? 'tile' : 'gray'}>
        {done ? <IconCheck size={15} /> : <IconCircleDashed size={15} />}
      </ThemeIcon>
      <Text dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {text}
      </Text>
    </Group>
  );
}
