import { ActionIcon, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';

/** A long text to be handed on: shown whole by scrolling, copied by one click. */
export function CopyField({ label, value }: { readonly label: string; readonly value: string }) {
  const t = useTexts();
  return (
    <TextInput
      readOnly
      label={label}
      value={value}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      onFocus={(event) => event.currentTarget.select()}
      rightSection={
        <CopyButton value={value}>
          {({ copied, copy }) => (
            <Tooltip label={t(copied ? 'action.copied' : 'action.copy')}>
              <ActionIcon
                variant="subtle"
                color={copied ? 'tile' : 'gray'}
                aria-label={`${t(copied ? 'action.copied' : 'action.copy')}: ${label}`}
                onClick={copy}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      }
    />
  );
}
