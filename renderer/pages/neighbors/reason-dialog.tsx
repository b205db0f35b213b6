import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTexts } from '../../i18n/index.ts';

interface ReasonDialogProps {
  readonly opened: boolean;
  readonly title: string;
  readonly text?: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onGo: (reason: string) => void;
}

/** A change of somebody's place, with the reason that the person will read later. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { opened, title, text, action, danger = false, busy, onClose, onGo } = props;
  const t = useTexts();
  const [reason, setReason] = useState('');
  return (
    <Modal opened={opened} onClose={onClose} title={title} styles={{ title: { fontWeight: 600 } }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onGo(reason.trim());
          setReason('');
        }}
      >
        <Stack gap="md">
          {text && <Text size="sm">{text}</Text>}
          <Textarea
            data-autofocus
            label={t('neighbors.reason.label')}
            description={t('neighbors.reason.hint')}
            value={reason}
            maxLength={280}
            autosize
            minRows={2}
            dir="auto"
            onChange={(event) => setReason(event.currentTarget.value.replace(/\n/g, ' '))}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" loading={busy} {...(danger && { color: 'red.9' })}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
