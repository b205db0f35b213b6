import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconFolder, IconFolderPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { ShareFolder } from '../library/share-folder.tsx';
import { StepFrame } from './step-frame.tsx';

/** Folders to share, or none yet. */
export function ShareStep() {
  const t = useTexts();
  const [sharing, setSharing] = useState(false);
  const folders = useAnswer('library.folders', {}).data?.folders ?? [];
  const documents = useAnswer('peer.status', {}).data?.counts.documents ?? 0;
  return (
    <StepFrame
      title={t('wizard.share.title')}
      text={t('wizard.share.text')}
      done={folders.length > 0}
    >
      {folders.length > 0 && (
        <Stack gap="xs">
          {folders.map(({ path }) => (
            <Paper key={path} withBorder p="sm">
              <Group gap="sm" wrap="nowrap">
                <IconFolder size={20} stroke={1.6} style={{ flex: 'none' }} />
                <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
                  {path}
                </Text>
              </Group>
            </Paper>
          ))}
          <Text size="sm" c="dimmed" role="status">
            {t('wizard.share.documents', { count: documents })}
          </Text>
        </Stack>
      )}
      <Group>
        <Button
          variant={folders.length > 0 ? 'default' : 'filled'}
          leftSection={<IconFolderPlus size={18} />}
          onClick={() => setSharing(true)}
        >
          {t('library.share')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed">
        {t('wizard.share.prices')}
      </Text>
      <ShareFolder opened={sharing} onClose={() => setSharing(false)} />
    </StepFrame>
  );
}
