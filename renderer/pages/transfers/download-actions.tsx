import { ActionIcon, Group, Text, Tooltip } from '@mantine/core';
import {
  IconExternalLink,
  IconFolder,
  IconPlayerPause,
  IconPlayerPlay,
  IconScale,
  IconSearch,
  IconX,
} from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { go } from '../../app/route.ts';
import { useConnection } from '../../client/connection.ts';
import type { DesktopPort } from '../../client/desktop-port.ts';
import { Question } from '../../components/question.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { type DownloadRow, lostStages, type Stage } from './transfer-rows.ts';

const pausable: ReadonlySet<Stage> = new Set([
  'queued',
  'connecting',
  'verifying',
  'retrieving',
  'silent',
  'waiting',
]);
const resumable: ReadonlySet<Stage> = new Set(['paused', 'interrupted', 'waiting']);

const resumeText: Partial<Record<Stage, TextKey>> = {
  paused: 'transfers.resume',
  waiting: 'transfers.retry-now',
};

/** What can be done with a download as it stands. */
export function DownloadActions({ row }: { readonly row: DownloadRow }) {
  const t = useTexts();
  const { desktop } = useConnection();
  const pause = useCommand('downloads.pause');
  const resume = useCommand('downloads.resume');
  const [asking, setAsking] = useState(false);
  const { stage, download } = row;
  const { deal, title } = row.deal;
  const canCancel = stage === 'opening' || pausable.has(stage) || resumable.has(stage);
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end">
      {download && pausable.has(stage) && (
        <Action
          icon={IconPlayerPause}
          label={t('transfers.pause')}
          title={title}
          busy={pause.busy}
          onClick={() => pause.run({ deal })}
        />
      )}
      {download && resumable.has(stage) && (
        <Action
          icon={IconPlayerPlay}
          label={t(resumeText[stage] ?? 'transfers.retry')}
          title={title}
          busy={resume.busy}
          onClick={() => resume.run({ deal })}
        />
      )}
      {canCancel && (
        <Action
          icon={IconX}
          label={t('transfers.cancel')}
          title={title}
          onClick={() => setAsking(true)}
        />
      )}
      {(stage === 'failed' || stage === 'expired') && row.deal.contestableUntil !== undefined && (
        <Action
          icon={IconScale}
          label={t('contest.open')}
          title={title}
          onClick={() => go('deals', deal)}
        />
      )}
      {lostStages.has(stage) && (
        <Action
          icon={IconSearch}
          label={t('deals.again')}
          title={title}
          onClick={() => go('search', row.deal.documentId)}
        />
      )}
      {stage === 'complete' && desktop && (
        <OpenDownload deal={deal} title={title} desktop={desktop} />
      )}
      <CancelDownload row={row} opened={asking} onClose={() => setAsking(false)} />
    </Group>
  );
}

interface OpenDownloadProps {
  readonly deal: string;
  readonly title: string;
  readonly desktop: DesktopPort;
}

/** What only a desktop can do with what has arrived. */
function OpenDownload({ deal, title, desktop }: OpenDownloadProps) {
  const t = useTexts();
  return (
    <>
      <Action
        icon={IconExternalLink}
        label={t('transfers.open')}
        title={title}
        onClick={() => desktop.openDownload(deal)}
      />
      <Action
        icon={IconFolder}
        label={t('transfers.show')}
        title={title}
        onClick={() => desktop.showDownload(deal)}
      />
    </>
  );
}

interface ActionProps {
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly label: string;
  readonly title: string;
  readonly busy?: boolean;
  readonly onClick: () => unknown;
}

function Action({ icon: Icon, label, title, busy = false, onClick }: ActionProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={`${label}: ${title}`}
        loading={busy}
        onClick={onClick}
      >
        <Icon size={17} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

interface CancelProps {
  readonly row: DownloadRow;
  readonly opened: boolean;
  readonly onClose: () => void;
}

function CancelDownload({ row, opened, onClose }: CancelProps) {
  const t = useTexts();
  const { run, busy } = useCommand('downloads.cancel');
  const cancel = async () => {
    await run({ deal: row.deal.deal });
    onClose();
  };
  return (
    <Question
      {...{ opened, busy, onClose }}
      danger
      title={t('transfers.cancel.title')}
      action={t('transfers.cancel')}
      keep={t('transfers.cancel.keep')}
      onGo={() => void cancel()}
    >
      <Text fw={560} dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {row.deal.title}
      </Text>
      <Text size="sm">{t('transfers.cancel.text')}</Text>
    </Question>
  );
}
