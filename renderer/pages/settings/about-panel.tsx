import { Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { IconPlayerStop } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { go } from '../../app/route.ts';
import { useConnection } from '../../client/connection.ts';
import { Question } from '../../components/question.tsx';
import { sizeText, spanText, timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useUploads } from '../../stores/transfer-rates.ts';
import { useAnswer } from '../../stores/use-answer.ts';
import { useCommand } from '../../stores/use-command.ts';
import { Section } from './form-section.tsx';

export function AboutPanel() {
  const t = useTexts();
  const { desktop } = useConnection();
  const status = useAnswer('peer.status', {}).data;
  const row = (label: string, value: ReactNode) => (
    <Table.Tr>
      <Table.Th scope="row" w="10rem" fw={500}>
        {label}
      </Table.Th>
      <Table.Td className="souk-number" style={{ whiteSpace: 'normal', overflowWrap: 'anywhere' }}>
        {value}
      </Table.Td>
    </Table.Tr>
  );
  return (
    <>
      <Section title={t('settings.about.title')} hint={t('settings.about.hint')}>
        {status ? (
          <Table verticalSpacing={6} withRowBorders={false}>
            <Table.Tbody>
              {row(t('settings.about.version'), status.version)}
              {row(t('settings.about.data'), status.dataDirectory)}
              {row(t('settings.about.memory'), sizeText(status.memoryBytes))}
              {row(
                t('settings.about.running'),
                `${spanText(status.uptimeMs)} (${timeText(status.startedAt)})`,
              )}
            </Table.Tbody>
          </Table>
        ) : (
          <Skeleton height={132} />
        )}
        <Text size="sm" c="dimmed">
          {t('settings.about.logs')}
        </Text>
        <Group>
          <Button variant="default" size="sm" onClick={() => go('wizard', 'welcome')}>
            {t('settings.about.wizard')}
          </Button>
          <Button variant="default" size="sm" onClick={() => go('watch')}>
            {t('watch.open')}
          </Button>
          {desktop && (
            <Button variant="default" size="sm" onClick={() => void desktop.checkForUpdates()}>
              {t('settings.about.updates')}
            </Button>
          )}
        </Group>
      </Section>
      <Section title={t('settings.stop.title')} hint={t('settings.stop.hint')}>
        <Stop />
      </Section>
    </>
  );
}

function Stop() {
  const t = useTexts();
  const [asking, setAsking] = useState(false);
  const { run, busy } = useCommand('peer.stop');
  const downloads = useAnswer('downloads.list', {}).data?.downloads.length ?? 0;
  const uploads = useUploads(
    ({ uploads: all }) => Object.values(all).filter(({ state }) => state === 'sending').length,
  );
  return (
    <Group>
      <Button
        variant="light"
        color="red"
        leftSection={<IconPlayerStop size={17} />}
        onClick={() => setAsking(true)}
      >
        {t('settings.stop')}
      </Button>
      <Question
        opened={asking}
        danger
        title={t('settings.stop.question')}
        action={t('settings.stop')}
        busy={busy}
        onClose={() => setAsking(false)}
        onGo={async () => {
          await run({});
          setAsking(false);
        }}
      >
        <Text size="sm">{t('settings.stop.text')}</Text>
        {downloads > 0 && (
          <Text size="sm">{t('settings.stop.downloads', { count: downloads })}</Text>
        )}
        {uploads > 0 && <Text size="sm">{t('settings.stop.uploads', { count: uploads })}</Text>}
      </Question>
    </Group>
  );
}
