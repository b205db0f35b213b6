import { Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { DialogForm } from '../../components/dialog-form.tsx';
import { NoteArea } from '../../components/note-area.tsx';
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
export function ReasonDialog({ opened, title, onClose, ...form }: ReasonDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      {opened && <ReasonForm {...form} onCancel={onClose} />}
    </Modal>
  );
}

interface ReasonFormProps extends Omit<ReasonDialogProps, 'opened' | 'title' | 'onClose'> {
  readonly onCancel: () => void;
}

/** Begins empty each time; what was written stays while the peer refuses it. */
function ReasonForm({ text, onGo, ...form }: ReasonFormProps) {
  const t = useTexts();
  const [reason, setReason] = useState('');
  return (
    <DialogForm {...form} onGo={() => onGo(reason.trim())}>
      {text && <Text size="sm">{text}</Text>}
      <NoteArea
        focused
        label={t('neighbors.reason.label')}
        description={t('neighbors.reason.hint')}
        value={reason}
        maxLength={280}
        onChange={setReason}
      />
    </DialogForm>
  );
}
