import { Alert, Text } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../i18n/index.ts';
import { useConnectionState } from '../stores/connection-state.ts';

/** A stream that breaks and comes back at once is nobody's business. */
const patienceMs = 2_000;

/** Says calmly that the peer does not answer; goes by itself when it does. */
export function ConnectionBanner() {
  const t = useTexts();
  const lost = useConnectionState(({ state }) => state === 'lost');
  const [shown, setShown] = useState(false);
  useEffect(() => {
    if (!lost) return setShown(false);
    const timer = window.setTimeout(() => setShown(true), patienceMs);
    return () => window.clearTimeout(timer);
  }, [lost]);
  return (
    <div className="souk-connection" role="status">
      {shown && (
        <Alert
          variant="default"
          icon={<IconPlugConnectedX size={18} />}
          title={t('connection.lost.title')}
        >
          <Text size="sm">{t('connection.lost.text')}</Text>
        </Alert>
      )}
    </div>
  );
}
