import { Group, Modal, Skeleton, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import type { CurrencyId } from '../../../src/identity/index.ts';
import { CopyField } from '../../components/copy-field.tsx';
import { QrCode } from '../../components/qr-code.tsx';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { requestText } from './payment-request.ts';

interface ReceiveDialogProps {
  readonly currency: CurrencyId;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** What a payer has to know, for a camera and for the clipboard. Each opening makes a new transaction id. */
export function ReceiveDialog({ currency, opened, onClose }: ReceiveDialogProps) {
  const t = useTexts();
  return (
    <Modal opened={opened} onClose={onClose} title={t('wallet.receive')} size="lg">
      {opened && <Receive currency={currency} />}
    </Modal>
  );
}

function Receive({ currency }: { readonly currency: CurrencyId }) {
  const t = useTexts();
  const { run } = useCommand('wallet.receive');
  const [wanted, setWanted] = useState<MethodOutput<'wallet.receive'>>();
  useEffect(() => {
    void run({ currency }).then((made) => made.ok && setWanted(made.value));
  }, [run, currency]);
  const text = wanted && requestText(wanted);
  return (
    <Group align="flex-start" gap="lg">
      <div style={{ width: 208, flex: 'none' }}>
        {text === undefined ? (
          <Skeleton h={208} radius="md" />
        ) : (
          <QrCode text={text} label={t('wallet.receive.qr')} />
        )}
      </div>
      <Stack gap="sm" flex="1 1 15rem">
        <Text size="sm">{t('wallet.receive.text')}</Text>
        <CopyField label={t('wallet.receive.request')} value={text ?? ''} />
        <CopyField label={t('wallet.receive.peer')} value={wanted?.payee ?? ''} />
        <CopyField label={t('wallet.receive.currency')} value={currency} />
        <CopyField label={t('wallet.receive.transaction')} value={wanted?.transactionId ?? ''} />
      </Stack>
    </Group>
  );
}
