import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/index.ts';

interface DialogFormProps {
  /** What the button says that goes on. */
  readonly action: string;
  readonly busy: boolean;
  /** False while something is missing. */
  readonly ready?: boolean;
  readonly danger?: boolean;
  readonly onCancel: () => void;
  readonly onGo: () => void;
  readonly children: ReactNode;
}

/** What a dialog wants to be filled in, and its two buttons; Enter goes on where nothing is missing. */
export function DialogForm(props: DialogFormProps) {
  const { action, busy, ready = true, danger = false, onCancel, onGo, children } = props;
  const t = useTexts();
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !busy) onGo();
      }}
    >
      <Stack gap="md">
        {children}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onCancel}>
            {t('action.cancel')}
          </Button>
          <Button type="submit" loading={busy} disabled={!ready} {...(danger && dangerous)}>
            {action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** The one red on which white text can be read. */
export const dangerous = { color: 'red.9' } as const;
