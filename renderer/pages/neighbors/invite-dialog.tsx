import { Button, Code, CopyButton, Group, Modal, Stack, Text } from '@mantine/core';
import { IconCheck, IconCopy, IconFileDownload } from '@tabler/icons-react';
import { saveText } from '../../components/csv.ts';
import { QrCode } from '../../components/qr-code.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { inviteFileName } from './invite-text.ts';
import { KeyWords } from './key-words.tsx';

interface InviteDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** This peer's card, to be handed out: as a link, a picture, or a file. */
export function InviteDialog({ opened, onClose }: InviteDialogProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('neighbors.invite.title')} size="48rem">
      <Invite />
    </Modal>
  );
}

function Invite() {
  const t = useTexts();
  const link = useAnswer('peer.invite', {}).data?.link;
  const status = useAnswer('peer.status', {}).data;
  return (
    <Stack gap="md">
      <Text size="sm">{t('neighbors.invite.text')}</Text>
      <Group align="flex-start" gap="lg">
        <div style={{ flex: '0 0 21rem', minHeight: '21rem' }}>
          {link && <QrCode text={link} label={t('neighbors.invite.qr')} size={336} />}
        </div>
        <Stack gap="sm" flex="1 1 14rem" miw={0}>
          <Text fw={620} size="lg" dir="auto" lineClamp={2}>
            {status?.name}
          </Text>
          <div>
            <Text size="sm" c="dimmed" mb={4}>
              {t('neighbors.invite.words')}
            </Text>
            {status && <OwnWords peer={status.peer} />}
          </div>
          <Code block fz={11} mah={148} style={{ overflowWrap: 'anywhere', whiteSpace: 'normal' }}>
            {link}
          </Code>
          <HandOut link={link} name={status?.name ?? ''} />
        </Stack>
      </Group>
    </Stack>
  );
}

interface HandOutProps {
  readonly link: string | undefined;
  readonly name: string;
}

function HandOut({ link, name }: HandOutProps) {
  const t = useTexts();
  const save = () => saveText(inviteFileName(name), `${link}\n`, 'application/octet-stream');
  return (
    <Group gap="xs">
      <CopyButton value={link ?? ''}>
        {({ copied, copy }) => (
          <Button
            size="xs"
            disabled={!link}
            onClick={copy}
            leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
          >
            {t(copied ? 'action.copied' : 'action.copy')}
          </Button>
        )}
      </CopyButton>
      <Button
        size="xs"
        variant="default"
        disabled={!link}
        leftSection={<IconFileDownload size={15} />}
        onClick={save}
      >
        {t('neighbors.invite.file')}
      </Button>
    </Group>
  );
}

function OwnWords({ peer }: { readonly peer: string }) {
  return <KeyWords words={useAnswer('neighbors.words', { peer }).data?.words} />;
}
