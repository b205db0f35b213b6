import { Button, Code, CopyButton, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { nameCharactersMax } from '../../../src/limits.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { Backup } from './backup.tsx';
import { FormSection, Section } from './form-section.tsx';
import { SealKey } from './seal-key.tsx';

export function IdentityPanel() {
  const t = useTexts();
  return (
    <>
      <FormSection title={t('settings.name.title')} hint={t('settings.name.hint')}>
        {(form) => (
          <TextInput
            maw="26rem"
            label={t('settings.name')}
            maxLength={nameCharactersMax}
            dir="auto"
            value={form.get('market.name')}
            error={form.errorOf('market.name')}
            onChange={(event) => form.set('market.name', event.currentTarget.value)}
          />
        )}
      </FormSection>
      <Section title={t('settings.key.title')} hint={t('settings.key.hint')}>
        <Key />
      </Section>
      <SealKey />
      <Section title={t('settings.backup.title')} hint={t('settings.backup.hint')}>
        <Backup />
      </Section>
    </>
  );
}

/** The peer's key: in letters to be copied, in words to be read to somebody. */
export function Key() {
  const t = useTexts();
  const status = useAnswer('peer.status', {}).data;
  if (!status) return <Skeleton height={84} />;
  return (
    <Stack gap="md">
      <div>
        <Text size="sm" fw={500}>
          {t('settings.key.id')}
        </Text>
        <Group gap="xs" align="center" mt={4}>
          <Code style={{ overflowWrap: 'anywhere', minWidth: 0 }}>{status.peer}</Code>
          <CopyButton value={status.peer}>
            {({ copied, copy }) => (
              <Button
                size="compact-sm"
                variant="subtle"
                onClick={copy}
                leftSection={copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              >
                {t(copied ? 'action.copied' : 'action.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </div>
      <div>
        <Text size="sm" fw={500}>
          {t('settings.key.words')}
        </Text>
        <Text mt={4} lang="en" fw={560}>
          {status.words.join(' ')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('settings.key.words.hint')}
        </Text>
      </div>
    </Stack>
  );
}
