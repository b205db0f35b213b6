import { Button, FileButton, Group, Text, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useTexts } from '../../i18n/index.ts';
import { inviteFileBytesMax } from '../neighbors/invite-text.ts';
import { inviteFileTypes, useTakenInvite } from '../neighbors/use-taken-invite.ts';
import type { Invite } from './use-invite.ts';

/** Takes an invite that is pasted, dropped as a file, or chosen: a text, or a picture of its code. */
export function InviteField({ invite }: { readonly invite: Invite }) {
  const t = useTexts();
  const { set, takeFile, place, problem } = useTakenInvite(invite.set);
  return (
    <div {...place}>
      <Textarea
        label={t('wizard.invite')}
        description={t('wizard.invite.hint')}
        placeholder="souk://card/…"
        rows={3}
        spellCheck={false}
        autoComplete="off"
        maxLength={inviteFileBytesMax}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={invite.text}
        error={problem ?? invite.problem}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <Group mt={6} gap="xs">
        <FileButton onChange={(file) => void takeFile(file)} accept={inviteFileTypes}>
          {(props) => (
            <Button
              {...props}
              size="compact-sm"
              variant="subtle"
              leftSection={<IconFileImport size={15} />}
            >
              {t('wizard.invite.file')}
            </Button>
          )}
        </FileButton>
      </Group>
      {invite.read && (
        <Text size="sm" mt={6} dir="auto" role="status">
          {t('wizard.invite.of', { name: invite.read.name })}
        </Text>
      )}
    </div>
  );
}
