import { Alert, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { useConnection } from '../../client/connection.ts';
import { tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';

const fileName = () => `souk-${new Date().toISOString().slice(0, 10)}.backup`;

/** Writes the whole peer into one file: chosen in the desktop's dialog, else by its path on the peer's machine. */
export function Backup() {
  const { desktop } = useConnection();
  const [written, setWritten] = useState<string>();
  return (
    <Stack gap="sm">
      {desktop ? (
        <BackupByDialog onWritten={setWritten} />
      ) : (
        <BackupByPath onWritten={setWritten} />
      )}
      {written !== undefined && <Written file={written} />}
    </Stack>
  );
}

function BackupByDialog({ onWritten }: { readonly onWritten: (file: string) => void }) {
  const t = useTexts();
  const { desktop } = useConnection();
  const [busy, setBusy] = useState(false);
  const write = async () => {
    const chosen = await desktop?.chooseSaveFile(t('settings.backup.title'), fileName());
    if (!desktop || !chosen) return;
    setBusy(true);
    const made = await desktop.backup(chosen.token);
    setBusy(false);
    if (made.ok) onWritten(chosen.label);
    else tellProblem(made.error);
  };
  return (
    <Group>
      <Button loading={busy} onClick={write} leftSection={<IconDeviceFloppy size={17} />}>
        {t('settings.backup.choose')}
      </Button>
    </Group>
  );
}

function BackupByPath({ onWritten }: { readonly onWritten: (file: string) => void }) {
  const t = useTexts();
  const directory = useAnswer('peer.status', {}).data?.dataDirectory;
  const backup = useCommand('peer.backup', { quiet: true });
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const file = typed ?? (directory === undefined ? '' : beside(directory));
  const write = async () => {
    setProblem(undefined);
    const made = await backup.run({ file: file.trim() });
    if (made.ok) onWritten(made.value.file);
    else setProblem(made.error.detail);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void write();
      }}
    >
      <Group align="flex-end" gap="sm">
        <TextInput
          flex="1 1 20rem"
          label={t('settings.backup.file')}
          description={t('settings.backup.file.hint')}
          spellCheck={false}
          maxLength={4_096}
          value={file}
          error={problem}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setProblem(undefined);
          }}
        />
        <Button
          type="submit"
          variant="light"
          loading={backup.busy}
          disabled={file.trim() === ''}
          leftSection={<IconDeviceFloppy size={17} />}
        >
          {t('settings.backup.write')}
        </Button>
      </Group>
    </form>
  );
}

function Written({ file }: { readonly file: string }) {
  const t = useTexts();
  return (
    <Alert icon={<IconCheck size={18} />} title={t('settings.backup.written')} role="status">
      <Text size="sm" style={{ overflowWrap: 'anywhere' }} dir="auto">
        {file}
      </Text>
      <Text size="sm" mt={4}>
        {t('settings.backup.written.text')}
      </Text>
    </Alert>
  );
}

/** Next to the data directory: inside it, it would be lost with it. */
function beside(directory: string): string {
  const cut = Math.max(directory.lastIndexOf('/'), directory.lastIndexOf('\\'));
  return directory.slice(0, cut + 1) + fileName();
}
