import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';
import { dangerous } from './dialog-form.tsx';

interface QuestionProps {
  readonly opened: boolean;
  readonly title: string;
  /** What the button says that goes on. */
  readonly action: string;
  /** What the other button says, where it is more than that nothing is done. */
  readonly keep?: string;
  readonly danger?: boolean;
  readonly busy: boolean;
  readonly onClose: () => void;
  readonly onGo: () => void;
  /** What will follow. */
  readonly children: ReactNode;
}

/** Asks a person before something is done that cannot just be undone; whoever hits Enter has not agreed yet. */
export function Question(props: QuestionProps) {
  const { opened, title, action, keep, danger = false, busy, onClose, onGo, children } = props;
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={title}>
      <Stack gap="md">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose} data-autofocus>
            {keep ?? t('action.cancel')}
          </Button>
          <Button loading={busy} onClick={onGo} {...(danger && dangerous)}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
