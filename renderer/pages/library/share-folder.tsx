import { Button, Group, Modal, Text, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { useState } from 'react';
import { useConnection } from '../../client/connection.ts';
import type { ChosenPath } from '../../client/desktop-port.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswers } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { PatternList } from './pattern-list.tsx';

const includeExamples = ['*.pdf', '*.{epub,mobi}', 'public/**'];
const excludeExamples = ['private', '*.tmp', 'drafts/**'];

interface Folder {
  readonly path: string;
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

interface ShareFolderProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** A shared folder whose rules are to be changed; a new one where there is none. */
  readonly folder?: Folder | undefined;
}

export function ShareFolder({ opened, onClose, folder }: ShareFolderProps) {
  const t = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t(folder ? 'library.folder.rules.title' : 'library.share')}
    >
      {opened && <ShareForm folder={folder} onDone={onClose} />}
    </Modal>
  );
}

interface ShareFormProps {
  readonly folder: Folder | undefined;
  readonly onDone: () => void;
}

function ShareForm({ folder, onDone }: ShareFormProps) {
  const t = useTexts();
  const { share, busy, problem, forget } = useShare(folder === undefined);
  const { desktop } = useConnection();
  const [path, setPath] = useState(folder?.path ?? '');
  const [chosen, setChosen] = useState<ChosenPath>();
  const [include, setInclude] = useState<readonly string[]>(folder?.include ?? []);
  const [exclude, setExclude] = useState<readonly string[]>(folder?.exclude ?? []);
  const submit = async () => {
    if (await share(chosen ?? path.trim(), include, exclude)) onDone();
  };
  return (
    <DialogForm
      action={t(folder ? 'action.save' : 'library.share')}
      busy={busy}
      ready={path.trim() !== '' || chosen !== undefined}
      onCancel={onDone}
      onGo={() => void submit()}
    >
      {folder ? (
        <Text ff="monospace" size="sm" style={{ overflowWrap: 'anywhere' }} dir="auto">
          {folder.path}
        </Text>
      ) : desktop ? (
        <ChooseFolder chosen={chosen} onChosen={setChosen} />
      ) : (
        <TextInput
          label={t('library.folder.path')}
          description={t('library.folder.path.hint')}
          value={path}
          error={problem}
          data-autofocus
          spellCheck={false}
          maxLength={4_096}
          onChange={(event) => {
            setPath(event.currentTarget.value);
            forget();
          }}
        />
      )}
      <PatternList
        label={t('library.folder.include')}
        hint={t('library.folder.include.hint')}
        examples={includeExamples}
        value={include}
        onChange={setInclude}
      />
      <PatternList
        label={t('library.folder.exclude')}
        hint={t('library.folder.exclude.hint')}
        examples={excludeExamples}
        value={exclude}
        onChange={setExclude}
      />
    </DialogForm>
  );
}

type Patterns = readonly string[];

/**
 * Shares a folder that was chosen in a dialog of the desktop, or that a path names. What is wrong with a path is
 * for the field in which it stands.
 */
function useShare(isTyped: boolean) {
  const answers = useAnswers();
  const { desktop } = useConnection();
  const byPath = useCommand('library.share', { quiet: isTyped });
  const [problem, setProblem] = useState<string>();
  const [choosing, setChoosing] = useState(false);
  const share = async (folder: ChosenPath | string, include: Patterns, exclude: Patterns) => {
    if (typeof folder === 'string') {
      const rules = { include: [...include], exclude: [...exclude] };
      const byName = await byPath.run({ path: folder, ...rules });
      if (!byName.ok) setProblem(byName.error.detail);
      return byName.ok;
    }
    if (!desktop) return false;
    setChoosing(true);
    const shared = await desktop.shareFolder(folder.token, include, exclude);
    setChoosing(false);
    answers.refresh();
    if (!shared.ok) tellProblem(shared.error);
    return shared.ok;
  };
  const forget = () => setProblem(undefined);
  return { share, busy: byPath.busy || choosing, problem, forget };
}

interface ChooseFolderProps {
  readonly chosen: ChosenPath | undefined;
  readonly onChosen: (chosen: ChosenPath) => void;
}

function ChooseFolder({ chosen, onChosen }: ChooseFolderProps) {
  const t = useTexts();
  const { desktop } = useConnection();
  const choose = async () => {
    const folder = await desktop?.chooseFolder(t('library.share'));
    if (folder) onChosen(folder);
  };
  return (
    <Group wrap="nowrap">
      <Button variant="default" leftSection={<IconFolder size={17} />} onClick={choose}>
        {t('library.folder.choose')}
      </Button>
      <Text truncate dir="auto" title={chosen?.label}>
        {chosen?.label}
      </Text>
    </Group>
  );
}
