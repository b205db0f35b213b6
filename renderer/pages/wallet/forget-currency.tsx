import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { go } from '../../app/route.ts';
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
      <Modal
        opened={opened}
        onClose={close}
        title={t('wallet.forget.title')}
        styles={{ title: { fontWeight: 600 } }}
      >
        <Stack gap="md">
          <Text size="sm">{t('wallet.forget.text')}</Text>
          {leaveMoney && <Text size="sm">{t('wallet.forget.left')}</Text>}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              {t('action.cancel')}
            </Button>
            <Button
              loading={busy}
              {...(leaveMoney && { color: 'red.9' })}
              onClick={() => void forget()}
            >
              {t(leaveMoney ? 'wallet.forget.leave' : 'wallet.forget.go')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}

function isUsed({ balance, ordered, held, tabsOwedToUs, tabsWeOwe, inTransit }: CurrencyView) {
  return [balance, ordered, held, tabsOwedToUs, tabsWeOwe, inTransit].some((each) => each !== 0);
}
