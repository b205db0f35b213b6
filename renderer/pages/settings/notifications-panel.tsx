import { Alert, Button, Checkbox, Group, Stack } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { noticeKinds } from '../../../main/bridge/notices.ts';
import { setNotice, useNotices } from '../../app/browser-notices.ts';
import { useConnection } from '../../client/connection.ts';
import type { DesktopPort, DesktopPreferences } from '../../client/desktop-port.ts';
import { useTexts } from '../../i18n/index.ts';
import { Section } from './form-section.tsx';

export function NotificationsPanel() {
  const { desktop } = useConnection();
  return desktop ? <OnDesktop desktop={desktop} /> : <InBrowser />;
}

function InBrowser() {
  const t = useTexts();
  const supported = 'Notification' in window;
  const [permission, setPermission] = useState(supported ? Notification.permission : 'denied');
  const chosen = useNotices();
  return (
    <Section title={t('settings.notices.title')} hint={t('settings.notices.hint')}>
      {permission === 'default' && (
        <Group>
          <Button
            variant="light"
            leftSection={<IconBell size={17} />}
            onClick={async () => setPermission(await Notification.requestPermission())}
          >
            {t('settings.notices.allow')}
          </Button>
        </Group>
      )}
      {permission === 'denied' && (
        <Alert color="gray">
          {t(supported ? 'settings.notices.denied' : 'settings.notices.no')}
        </Alert>
      )}
      <Stack gap="xs">
        {noticeKinds.map((kind) => (
          <Checkbox
            key={kind}
            label={t(`settings.notices.${kind}`)}
            disabled={permission !== 'granted'}
            checked={chosen[kind]}
            onChange={(event) => setNotice(kind, event.currentTarget.checked)}
          />
        ))}
      </Stack>
    </Section>
  );
}

function OnDesktop({ desktop }: { readonly desktop: DesktopPort }) {
  const t = useTexts();
  const [chosen, setChosen] = useState<DesktopPreferences>();
  useEffect(() => {
    void desktop.preferences().then(setChosen);
  }, [desktop]);
  const change = (next: Partial<DesktopPreferences>) =>
    void desktop.setPreferences(next).then(setChosen);
  return (
    <>
      <Section title={t('settings.notices.title')} hint={t('settings.notices.hint')}>
        <Stack gap="xs">
          {noticeKinds.map((kind) => (
            <Checkbox
              key={kind}
              label={t(`settings.notices.${kind}`)}
              disabled={!chosen}
              checked={chosen?.notifications[kind] ?? true}
              onChange={({ currentTarget: { checked } }) =>
                chosen && change({ notifications: { ...chosen.notifications, [kind]: checked } })
              }
            />
          ))}
        </Stack>
      </Section>
      <Section title={t('settings.desktop.title')} hint={t('settings.desktop.hint')}>
        <Stack gap="xs">
          <Checkbox
            label={t('settings.desktop.tray')}
            disabled={!chosen}
            checked={chosen?.closeToTray ?? true}
            onChange={(event) => change({ closeToTray: event.currentTarget.checked })}
          />
          <Checkbox
            label={t('settings.desktop.login')}
            disabled={!chosen}
            checked={chosen?.startAtLogin ?? false}
            onChange={(event) => change({ startAtLogin: event.currentTarget.checked })}
          />
        </Stack>
      </Section>
    </>
  );
}
