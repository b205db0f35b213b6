import { Alert, List, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { PeerName } from '../../components/peer-name.tsx';
import { timeText } from '../../components/units.ts';
import { useTexts } from '../../i18n/index.ts';
import { useAnswer } from '../../stores/use-answer.ts';

/** What neighbors charged that the own books cannot explain: shown, never paid by itself. */
export function Discrepancies() {
  const t = useTexts();
  const found = useAnswer('tabs.discrepancies', { limit: 10 }).data;
  if (!found || found.total === 0) return null;
  return (
    <Alert
      color="yellow"
      mb="md"
      icon={<IconScale size={19} />}
      title={t('wallet.discrepancies.title')}
    >
      <Text size="sm" mb="xs">
        {t('wallet.discrepancies.text')}
      </Text>
      <List size="sm" spacing={2}>
        {found.discrepancies.map(({ peer, currency, at, detail }) => (
          <List.Item key={`${peer} ${currency} ${at} ${detail}`}>
            <PeerName peer={peer} fw={560} />, {timeText(at)}: {detail}
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}
