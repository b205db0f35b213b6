import { Button, Group, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';

interface AcceptDisputedProps {
  readonly tab: MethodOutput<'tabs.list'>['tabs'][number];
}

/** Takes what the own books cannot explain for owed after all: at a person's word, asked twice. */
export function AcceptDisputed({ tab: { peer, currency, disputed } }: AcceptDisputedProps) {
  const t = useTexts();
  const { symbol, decimals } = useCurrency(currency);
  const { run, busy } = useCommand('tabs.accept');
  const [asking, setAsking] = useState(false);
  const amount = `${amountText(disputed, decimals)} ${symbol}`;
  const accept = async () => {
    if (!(await run({ peer, currency })).ok) return;
    setAsking(false);
    tellDone(t('wallet.tabs.accepted'), amount);
  };
  return (
    <>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t('wallet.tabs.accept')}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('wallet.tabs.accept.title', { amount })}
      >
        <PeerName peer={peer} fw={560} />
        <Text size="sm" mt="xs">
          {t('wallet.tabs.accept.text')}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => setAsking(false)} data-autofocus>
            {t('action.cancel')}
          </Button>
          <Button loading={busy} onClick={accept}>
            {t('wallet.tabs.accept')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
