import { Button, Group, Stack, TagsInput, Text, TextInput } from '@mantine/core';
import { IconFolder } from '@tabler/icons-react';
import { endpointsMax } from '../../../src/limits.ts';
import { useConnection } from '../../client/connection.ts';
import { tellProblem } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer, useAnswers } from '../../stores/use-answer.ts';
import { NumberSetting } from './fields.tsx';
import { FormSection } from './form-section.tsx';
import { noteRestartNeeded } from './restart-needed.ts';
import type { SettingsForm } from './use-settings-form.ts';

export function NetworkPanel() {
  const t = useTexts();
  return (
    <>
      <FormSection title={t('settings.network.title')} hint={t('settings.network.hint')}>
        {(form) => <Listening form={form} />}
      </FormSection>
      <FormSection title={t('settings.limits.title')} hint={t('settings.limits.hint')}>
        {(form) => (
          <Group align="flex-start">
            <NumberSetting
              form={form}
              path="limits.downloadBytesPerSecond"
              unit={1_000}
              optional
              min={1}
              suffix=" KB/s"
              placeholder={t('settings.limits.none')}
              label={t('settings.limits.download')}
            />
            <NumberSetting
              form={form}
              path="limits.uploadBytesPerSecond"
              unit={1_000}
              optional
              min={1}
              suffix=" KB/s"
              placeholder={t('settings.limits.none')}
              label={t('settings.limits.upload')}
            />
          </Group>
        )}
      </FormSection>
      <FormSection title={t('settings.folder.title')} hint={t('settings.folder.hint')}>
        {(form) => <DownloadFolder form={form} />}
      </FormSection>
    </>
  );
}

function Listening({ form }: { readonly form: SettingsForm }) {
  const t = useTexts();
  const status = useAnswer('peer.status', {}).data;
  return (
    <>
      {status && (
        <Stack gap={2}>
          <Text size="sm">{t('settings.network.now', { port: status.port })}</Text>
          {status.endpoints.map((endpoint) => (
            <Text key={endpoint} size="sm" ff="monospace" style={{ overflowWrap: 'anywhere' }}>
              {endpoint}
            </Text>
          ))}
        </Stack>
      )}
      <NumberSetting
        form={form}
        path="port"
        max={65_535}
        thousandSeparator=""
        label={t('settings.network.port')}
        description={t('settings.network.port.hint')}
      />
      <TextInput
        styles={{ wrapper: { maxWidth: '20rem' } }}
        label={t('settings.network.host')}
        description={t('settings.network.host.hint')}
        spellCheck={false}
        value={form.get('host')}
        error={form.errorOf('host')}
        onChange={(event) => form.set('host', event.currentTarget.value)}
      />
      <TagsInput
        label={t('settings.network.endpoints')}
        description={t('settings.network.endpoints.hint')}
        placeholder="https://example.org:7685"
        maxTags={endpointsMax}
        acceptValueOnBlur
        value={[...form.get('market.endpoints')]}
        error={form.errorOf('market.endpoints')}
        onChange={(endpoints) => form.set('market.endpoints', endpoints)}
      />
    </>
  );
}

function DownloadFolder({ form }: { readonly form: SettingsForm }) {
  const t = useTexts();
  const { desktop } = useConnection();
  const answers = useAnswers();
  const folder = form.get('downloads.folder');
  const choose = async () => {
    const chosen = await desktop?.chooseFolder(t('settings.folder.title'));
    if (!desktop || !chosen) return;
    const set = await desktop.setDownloadFolder(chosen.token);
    answers.refresh();
    if (!set.ok) return tellProblem(set.error);
    if (set.value.restartNeeded) noteRestartNeeded();
  };
  if (!desktop) {
    return (
      <TextInput
        label={t('settings.folder.path')}
        description={t('settings.folder.path.hint')}
        placeholder={t('settings.folder.default')}
        spellCheck={false}
        maxLength={4_096}
        value={folder ?? ''}
        error={form.errorOf('downloads.folder')}
        onChange={({ currentTarget: { value } }) =>
          form.set('downloads.folder', value === '' ? undefined : value)
        }
      />
    );
  }
  return (
    <Group>
      <Text size="sm" dir="auto" style={{ overflowWrap: 'anywhere' }}>
        {folder ?? t('settings.folder.default')}
      </Text>
      <Button variant="default" size="xs" onClick={choose} leftSection={<IconFolder size={16} />}>
        {t('settings.folder.choose')}
      </Button>
      {folder !== undefined && (
        <Button variant="subtle" size="xs" onClick={() => form.set('downloads.folder', undefined)}>
          {t('settings.folder.back')}
        </Button>
      )}
    </Group>
  );
}
