import { Alert, Badge, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { Question } from '../../components/question.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { NothingShared } from './nothing-shared.tsx';
import { ShareFolder } from './share-folder.tsx';

type Folder = MethodOutput<'library.folders'>['folders'][number];

export function FoldersPanel({ onShare }: { readonly onShare: () => void }) {
  const folders = useAnswer('library.folders', {}).data?.folders;
  if (folders?.length === 0) {
    return <NothingShared onShare={onShare} />;
  }
  return (
    <Stack gap="sm" style={{ overflow: 'auto', minHeight: 0 }} pb={2}>
      {folders?.map((folder) => (
        <FolderCard key={folder.path} folder={folder} />
      ))}
    </Stack>
  );
}

function FolderCard({ folder }: { readonly folder: Folder }) {
  const t = useTexts();
  const [asking, setAsking] = useState<'rules' | 'stop'>();
  const { path, include, exclude, problem } = folder;
  return (
    <Paper withBorder p="md" component="section" aria-label={path}>
      <Group justify="space-between" align="flex-start">
        <Group gap="sm" wrap="nowrap" miw={0} flex="1 1 16rem">
          <IconFolder size={22} stroke={1.6} style={{ flex: 'none' }} />
          <div style={{ minWidth: 0 }}>
            <Text fw={560} dir="auto" style={{ overflowWrap: 'anywhere' }}>
              {path}
            </Text>
            <Group gap="md" mt={4}>
              {include.length === 0 ? (
                <Text size="sm" c="dimmed">
                  {t('library.folder.all')}
                </Text>
              ) : (
                <Patterns label={t('library.folder.only')} patterns={include} />
              )}
              {exclude.length > 0 && (
                <Patterns label={t('library.folder.without')} patterns={exclude} />
              )}
            </Group>
          </div>
        </Group>
        <Group gap="xs">
          <Button variant="default" size="xs" onClick={() => setAsking('rules')}>
            {t('library.folder.rules')}
          </Button>
          <Button variant="subtle" color="red" size="xs" onClick={() => setAsking('stop')}>
            {t('library.folder.stop')}
          </Button>
        </Group>
      </Group>
      {problem !== undefined && (
        <Alert mt="sm" color="red" icon={<IconAlertTriangle size={18} />}>
          {t('library.folder.problem', { problem: t(`library.folder.${problem}`, {}, problem) })}
        </Alert>
      )}
      <ShareFolder
        opened={asking === 'rules'}
        onClose={() => setAsking(undefined)}
        folder={folder}
      />
      <StopSharing path={path} opened={asking === 'stop'} onClose={() => setAsking(undefined)} />
    </Paper>
  );
}

function Patterns({ label, patterns }: { label: string; patterns: readonly string[] }) {
  return (
    <Group gap={6}>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      {patterns.map((pattern) => (
        <Badge key={pattern} variant="default" tt="none" fw={400} ff="monospace" title={pattern}>
          {pattern}
        </Badge>
      ))}
    </Group>
  );
}

interface StopSharingProps {
  readonly path: string;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function StopSharing({ path, opened, onClose }: StopSharingProps) {
  const t = useTexts();
  const { run, busy } = useCommand('library.unshare');
  const stop = async () => {
    if ((await run({ path })).ok) onClose();
  };
  return (
    <Question
      {...{ opened, busy, onClose }}
      danger
      title={t('library.folder.stop.title')}
      action={t('library.folder.stop')}
      onGo={() => void stop()}
    >
      <Text ff="monospace" size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {path}
      </Text>
      <Text size="sm">{t('library.folder.stop.text')}</Text>
    </Question>
  );
}
