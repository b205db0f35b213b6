import { Button, FileButton, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { AmountInput } from '../../components/amount-input.tsx';
import { DialogForm } from '../../components/dialog-form.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { inviteIn } from './invite-text.ts';
import { KeyWords } from './key-words.tsx';
import { LookAlike } from './look-alike.tsx';
import { inviteFileTypes, useTakenInvite } from './use-taken-invite.ts';

interface AddNeighborProps {
  readonly opened: boolean;
  /** An invite that came by a link: shown as if it had been pasted. */
  readonly invite: string | undefined;
  readonly onClose: () => void;
}

/** An invite, whose it is, and then the person's word: nothing is added before. */
export function AddNeighbor({ opened, invite, onClose }: AddNeighborProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('neighbors.add.title')} size="lg">
      <AddForm key={invite} invite={invite ?? ''} onDone={onClose} />
    </Modal>
  );
}

function AddForm({ invite, onDone }: { readonly invite: string; readonly onDone: () => void }) {
  const t = useTexts();
  const [text, setText] = useState(invite);
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const [limit, setLimit] = useState<number>();
  const [settled] = useDebouncedValue(inviteIn(text), 200);
  const read = useAnswer('neighbors.readInvite', settled === '' ? undefined : { invite: settled });
  // What was read belongs to one text: another text is nobody's until it is read.
  const isRead = read.data !== undefined && settled === inviteIn(text);
  const add = useCommand('neighbors.add');
  const submit = async () => {
    const added = await add.run({
      invite: settled,
      reason: reason.trim(),
      note: note.trim(),
      ...(limit !== undefined && { creditLimit: limit }),
    });
    if (!added.ok) return;
    tellDone(t('neighbors.add.done', { name: added.value.name }), t('neighbors.add.done.text'));
    onDone();
  };
  return (
    <DialogForm
      action={t('neighbors.add')}
      busy={add.busy}
      ready={isRead}
      onCancel={onDone}
      onGo={() => void submit()}
    >
      <InviteField text={text} onText={setText} />
      {settled !== '' && <InviteOwner owner={read.data} refusal={read.problem?.detail} />}
      {isRead && (
        <>
          <Remark of="reason" value={reason} onChange={setReason} />
          <Remark of="note" value={note} onChange={setNote} />
          <AmountInput
            label={t('neighbors.add.limit')}
            description={t('neighbors.add.limit.hint')}
            decimals={0}
            symbol=""
            value={limit}
            onChange={setLimit}
          />
        </>
      )}
    </DialogForm>
  );
}

interface RemarkProps {
  /** Why the neighbor is trusted, which stays here; or a word that is sent along. */
  readonly of: 'reason' | 'note';
  readonly value: string;
  readonly onChange: (text: string) => void;
}

function Remark({ of, value, onChange }: RemarkProps) {
  const t = useTexts();
  return (
    <TextInput
      label={t(`neighbors.add.${of}`)}
      description={t(`neighbors.add.${of}.hint`)}
      value={value}
      maxLength={500}
      dir="auto"
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface InviteFieldProps {
  readonly text: string;
  readonly onText: (text: string) => void;
}

function InviteField({ text, onText }: InviteFieldProps) {
  const t = useTexts();
  const { set, takeFile, place, problem } = useTakenInvite(onText);
  return (
    <Stack gap="xs" {...place}>
      <Textarea
        data-autofocus
        label={t('neighbors.add.invite')}
        description={t('neighbors.add.invite.hint')}
        placeholder="souk://card/…"
        value={text}
        autosize
        minRows={3}
        maxRows={5}
        spellCheck={false}
        styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
        error={problem}
        onChange={(event) => set(event.currentTarget.value)}
      />
      <FileButton onChange={(file) => void takeFile(file)} accept={inviteFileTypes}>
        {(props) => (
          <Button {...props} size="xs" variant="default" style={{ alignSelf: 'flex-start' }}>
            {t('neighbors.add.file')}
          </Button>
        )}
      </FileButton>
    </Stack>
  );
}

interface InviteOwnerProps {
  readonly owner: MethodOutput<'neighbors.readInvite'> | undefined;
  /** Why the peer cannot read it. */
  readonly refusal: string | undefined;
}

/** Whose invite this is, as the peer reads it: the name is a claim, the words are the key. */
function InviteOwner({ owner, refusal }: InviteOwnerProps) {
  const t = useTexts();
  if (!owner) {
    return (
      <Text size="sm" c="red.8" mih={22} role="alert">
        {refusal}
      </Text>
    );
  }
  return (
    <Stack gap="xs" className="souk-invite-owner">
      <Text fw={620} size="lg" dir="auto" lineClamp={2} title={owner.name}>
        {owner.name}
      </Text>
      <LookAlike peer={owner.peer} name={owner.name} />
      <KeyWords words={owner.words} />
      <Text size="sm" c="dimmed">
        {t('neighbors.add.compare')}
      </Text>
      {owner.list && (
        <Text size="sm" fw={560}>
          {t('neighbors.add.already', { list: t(`neighbors.list.${owner.list}`) })}
        </Text>
      )}
    </Stack>
  );
}
