import { Button, FileButton, Group, Text, Textarea } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { problem } from '../../../src/problem.ts';
import { tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { inviteInFile } from './invite-file.ts';
import type { Invite } from './use-invite.ts';

const inviteCharactersMax = 8_192;

/** Takes an invite that is pasted, dropped as a file, or chosen: a text, or a picture of its code. */
export function InviteField({ invite }: { readonly invite: Invite }) {
  const t = useTexts();
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const found = await inviteInFile(file);
    if (found.ok) invite.set(found.value);
    else tellProblem(problem('bad-request', t(found.error)));
  };
  const drop = useDrop((dropped) => {
    const text = dropped.getData('text/plain');
    if (text !== '') invite.set(text.slice(0, inviteCharactersMax));
    else void take(dropped.files.item(0));
  });
  return (
    <div className="souk-invite-field" {...drop}>
      <Textarea
        label={t('wizard.invite')}
        description={t('wizard.invite.hint')}
        placeholder="souk://card/…"
        rows={3}
        spellCheck={false}
        autoComplete="off"
        maxLength={inviteCharactersMax}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        value={invite.text}
        error={invite.problem}
        onChange={(event) => invite.set(event.currentTarget.value)}
      />
      <Group mt={6} gap="xs">
        <FileButton onChange={(file) => void take(file)} accept="text/plain,image/*,.souk">
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

/** What a place does on which something is dropped. Only one more way: pasting and choosing do without. */
function useDrop(take: (dropped: DataTransfer) => void) {
  const [over, setOver] = useState(false);
  return {
    'data-over': over || undefined,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer);
    },
  };
}
