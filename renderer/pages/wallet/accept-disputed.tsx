import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import type { MethodOutput } from '../../../main/bridge/contract.ts';
import { amountText, useCurrency } from '../../components/amount.tsx';
import { PeerName } from '../../components/peer-name.tsx';
import { Question } from '../../components/question.tsx';
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
      <Question
        opened={asking}
        title={t('wallet.tabs.accept.title', { amount })}
        action={t('wallet.tabs.accept')}
        busy={busy}
        onClose={() => setAsking(false)}
        onGo={() => void accept()}
      >
        <PeerName peer={peer} fw={560} />
        <Text size="sm">{t('wallet.tabs.accept.text')}</Text>
      </Question>
    </>
  );
}
