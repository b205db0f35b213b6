import { Alert, Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { IconLock, IconLockOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Section } from './form-section.tsx';

/** As the peer demands it. */
const charactersMin = 12;

/** Offers to seal a key that is kept plainly; says so once it is. */
export function SealKey() {
  const t = useTexts();
  const key = useAnswer('peer.key', {}).data;
  if (!key) return null;
  return (
    <Section title={t('settings.seal.title')} hint={t('settings.seal.hint')}>
      {key.sealed ? (
        <Group gap="xs">
          <IconLock size={17} />
          <Text size="sm">{t('settings.seal.done')}</Text>
        </Group>
      ) : (
        <SealForm />
      )}
    </Section>
  );
}

function SealForm() {
  const t = useTexts();
  const seal = useCommand('peer.sealKey');
  const [passphrase, setPassphrase] = useState('');
  const [again, setAgain] = useState('');
  const isLong = [...passphrase].length >= charactersMin;
  const ready = isLong && again === passphrase;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) void seal.run({ passphrase });
      }}
    >
      <Stack gap="sm" maw="26rem">
        <Alert color="yellow" icon={<IconLockOpen size={18} />}>
          {t('settings.seal.open')}
        </Alert>
        <PasswordInput
          label={t('settings.seal.passphrase')}
          description={t('settings.seal.passphrase.hint', { count: charactersMin })}
          autoComplete="new-password"
          maxLength={1_024}
          value={passphrase}
          onChange={(event) => setPassphrase(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('settings.seal.again')}
          autoComplete="new-password"
          maxLength={1_024}
          value={again}
          error={again !== '' && again !== passphrase && t('settings.seal.differ')}
          onChange={(event) => setAgain(event.currentTarget.value)}
        />
        <Group>
          <Button
            type="submit"
            loading={seal.busy}
            disabled={!ready}
            leftSection={<IconLock size={17} />}
          >
            {t('settings.seal.go')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
