import { Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { ContestReason } from '../../../src/protocol/index.ts';
import { DialogForm } from '../../components/dialog-form.tsx';
import { NoteArea } from '../../components/note-area.tsx';
import { useNameOf } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { DealView } from './deal-words.ts';

const reasons: readonly ContestReason[] = ['not-delivered', 'corrupt', 'not-as-described'];

interface ContestDialogProps {
  readonly deal: Extract<DealView, { side: 'purchase' }>;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Contests a purchase, with a reason and a line for the seller; says first what follows from it. */
export function ContestDialog({ deal, opened, onClose }: ContestDialogProps) {
  const t = useTexts();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('contest.dialog.title', { title: deal.title })}
    >
      {opened && <ContestForm deal={deal} onDone={onClose} />}
    </Modal>
  );
}

interface ContestFormProps extends Pick<ContestDialogProps, 'deal'> {
  readonly onDone: () => void;
}

/** Made when it is opened: which reason is likely hangs on how far the deal is by then. */
function ContestForm({ deal, onDone }: ContestFormProps) {
  const t = useTexts();
  const nameOf = useNameOf();
  const contest = useCommand('deals.contest');
  const [reason, setReason] = useState<ContestReason>(
    deal.state === 'delivered' ? 'not-as-described' : deal.sealed ? 'corrupt' : 'not-delivered',
  );
  const [note, setNote] = useState('');
  // What is sealed was fetched before it was paid: that it never came cannot be said of it.
  const offered = deal.sealed ? reasons.filter((each) => each !== 'not-delivered') : reasons;
  const given = deal.state === 'opening' || deal.state === 'retrieving';
  const submit = async () => {
    const contested = await contest.run({ deal: deal.deal, reason, note: note.trim() });
    if (!contested.ok) return;
    tellDone(t('contest.done'), contested.value.title);
    onDone();
  };
  return (
    <DialogForm
      danger
      action={t('contest.dialog.go')}
      busy={contest.busy}
      onCancel={onDone}
      onGo={() => void submit()}
    >
      <Text size="sm">
        {t(`contest.dialog.${deal.sealed ? 'sealed' : 'text'}`, { seller: nameOf(deal.seller) })}
      </Text>
      {given && <Text size="sm">{t('contest.dialog.giveUp')}</Text>}
      <Radio.Group
        label={t('contest.dialog.reason')}
        value={reason}
        onChange={(value) => {
          const chosen = reasons.find((each) => each === value);
          if (chosen) setReason(chosen);
        }}
      >
        <Stack gap="xs" mt="xs">
          {offered.map((each) => (
            <Radio key={each} value={each} label={t(`contest.reason.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <NoteArea label={t('contest.dialog.note')} value={note} maxLength={500} onChange={setNote} />
    </DialogForm>
  );
}
