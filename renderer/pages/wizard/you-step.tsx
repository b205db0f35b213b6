import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { nameCharactersMax } from '../../../src/limits.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Backup } from '../settings/backup.tsx';
import { Key } from '../settings/identity-panel.tsx';
import { StepFrame } from './step-frame.tsx';
import { StepPart } from './step-part.tsx';
import { useDraft } from './use-draft.ts';

/** What a peer is called whom nobody named. */
const unnamed = 'A peer';

/** The name others see, and the key that nobody can replace. */
export function YouStep() {
  const t = useTexts();
  const kept = useAnswer('peer.status', {}).data?.name;
  const rename = useCommand('peer.rename', { quiet: true });
  const [typed, setTyped] = useDraft('name');
  const [problem, setProblem] = useState<string>();
  const named = kept !== undefined && kept !== unnamed;
  // A field that was emptied stays empty until something is written.
  const [edited, setEdited] = useState(typed !== '');
  const name = edited ? typed : named ? kept : '';
  const save = async () => {
    const wanted = name.trim();
    if (wanted === '' || wanted === kept) return true;
    const renamed = await rename.run({ name: wanted });
    if (!renamed.ok) setProblem(renamed.error.detail);
    return renamed.ok;
  };
  return (
    <StepFrame
      title={t('wizard.you.title')}
      text={t('wizard.you.text')}
      done={name.trim() !== ''}
      busy={rename.busy}
      onNext={save}
    >
      <TextInput
        maw="26rem"
        size="md"
        label={t('settings.name')}
        description={t('settings.name.hint')}
        maxLength={nameCharactersMax}
        dir="auto"
        autoComplete="nickname"
        value={name}
        error={problem}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setEdited(true);
          setProblem(undefined);
        }}
      />
      <StepPart title={t('settings.key.title')} hint={t('wizard.you.key')}>
        <Key />
      </StepPart>
      <StepPart title={t('settings.backup.title')} hint={t('settings.backup.hint')}>
        <Backup />
      </StepPart>
    </StepFrame>
  );
}
