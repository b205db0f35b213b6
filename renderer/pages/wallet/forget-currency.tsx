import { Button, Text } from '@mantine/core';
import { useState } from 'react';
import { go } from '../../app/route.ts';
import { Question } from '../../components/question.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import type { CurrencyView } from './currency-state.tsx';

/** Leaves a currency out of the wallet, after a word on what is left behind with it. */
export function ForgetCurrency({ view }: { readonly view: CurrencyView }) {
  const t = useTexts();
  const [opened, setOpened] = useState(false);
  const { run, busy } = useCommand('wallet.forget');
  const close = () => setOpened(false);
  const leaveMoney = isUsed(view);
  const forget = async () => {
    const { currency } = view;
    if (!(await run({ currency, leaveMoney })).ok) return;
    tellDone(t('wallet.forget.done'));
    close();
    go('wallet');
  };
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('wallet.forget')}
      </Button>
      <Question
        {...{ opened, busy }}
        danger={leaveMoney}
        title={t('wallet.forget.title')}
        action={t(leaveMoney ? 'wallet.forget.leave' : 'wallet.forget.go')}
        onClose={close}
        onGo={() => void forget()}
      >
        <Text size="sm">{t('wallet.forget.text')}</Text>
        {leaveMoney && <Text size="sm">{t('wallet.forget.left')}</Text>}
      </Question>
    </>
  );
}

function isUsed({ balance, ordered, held, tabsOwedToUs, tabsWeOwe, inTransit }: CurrencyView) {
  return [balance, ordered, held, tabsOwedToUs, tabsWeOwe, inTransit].some((each) => each !== 0);
}
