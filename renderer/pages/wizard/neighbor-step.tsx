import { Alert, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { InviteField } from './invite-field.tsx';
import { StepFrame } from './step-frame.tsx';
import { StepPart } from './step-part.tsx';
import { TryDemo } from './try-demo.tsx';
import { useInvite } from './use-invite.ts';

/** The first neighbor: one code from them, one to them. */
export function NeighborStep() {
  const t = useTexts();
  const neighbors = useAnswer('neighbors.list', {}).data?.neighbors ?? [];
  return (
    <StepFrame
      title={t('wizard.neighbor.title')}
      text={t('wizard.neighbor.text')}
      done={neighbors.length > 0}
    >
      <div className="souk-wizard-two">
        <AddNeighbor />
        <OwnInvite />
      </div>
      <TryDemo />
    </StepFrame>
  );
}

function AddNeighbor() {
  const t = useTexts();
  const invite = useInvite();
  const added = useAnswer('neighbors.list', {}).data?.neighbors;
  const read = invite.read;
  const known = read && added?.find(({ peer, list }) => peer === read.peer && list === 'primary');
  return (
    <StepPart title={t('wizard.neighbor.add')}>
      <InviteField invite={invite} />
      {known ? (
        <Alert mt="md" role="status" title={t('wizard.neighbor.added', { name: known.name })}>
          {t(
            known.terms?.standing === 'primary'
              ? 'wizard.neighbor.mutual'
              : 'wizard.neighbor.waiting',
          )}
        </Alert>
      ) : (
        read && <Confirm invite={invite.invite} read={read} />
      )}
    </StepPart>
  );
}

interface ConfirmProps {
  readonly invite: string;
  readonly read: MethodOutput<'neighbors.readInvite'>;
}

function Confirm({ invite, read }: ConfirmProps) {
  const t = useTexts();
  const { run, busy } = useCommand('neighbors.add');
  const [note, setNote] = useState('');
  return (
    <Stack gap="sm" mt="md">
      <div>
        <Text size="sm" c="dimmed">
          {t('wizard.neighbor.words')}
        </Text>
        <Text size="sm" fw={560} lang="en">
          {read.words.join(' ')}
        </Text>
      </div>
      <Textarea
        label={t('wizard.neighbor.note')}
        rows={2}
        maxLength={200}
        dir="auto"
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group>
        <Button
          leftSection={<IconUserPlus size={17} />}
          loading={busy}
          onClick={() => void run({ invite, note: note.trim() })}
        >
          {t('wizard.neighbor.go', { name: read.name })}
        </Button>
      </Group>
    </Stack>
  );
}

function OwnInvite() {
  const t = useTexts();
  const invite = useAnswer('peer.invite', {}).data;
  return (
    <StepPart title={t('wizard.neighbor.own')} hint={t('wizard.neighbor.own.text')}>
      <Stack gap="md" mih="18rem">
        {invite && (
          <>
            <CopyField label={t('wizard.neighbor.link')} value={invite.link} />
            <QrCode text={invite.link} label={t('wizard.neighbor.qr')} />
          </>
        )}
      </Stack>
    </StepPart>
  );
}
