import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { PeerId } from '../../../src/identity/index.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Never: onto the undesirable list, with a reason. */
export function Never({ peer, name }: { readonly peer: PeerId; readonly name: string }) {
  const t = useTexts();
  const refuse = useCommand('neighbors.refuse');
  const [opened, { open, close }] = useDisclosure(false);
  const go = async (reason: string) => {
    const refused = await refuse.run({ peer, reason });
    if (refused.ok) close();
  };
  return (
    <>
      <Button
        size="xs"
        variant="subtle"
        color="red"
        onClick={open}
        aria-label={`${t('neighbors.suggestions.never')}: ${name}`}
      >
        {t('neighbors.suggestions.never')}
      </Button>
      <ReasonDialog
        opened={opened}
        title={t('neighbors.never.title', { name })}
        text={t('neighbors.never.text')}
        action={t('neighbors.never.go')}
        danger
        busy={refuse.busy}
        onClose={close}
        onGo={go}
      />
    </>
  );
}
