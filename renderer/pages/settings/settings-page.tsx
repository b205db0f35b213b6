import { Alert, Stack, Tabs } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { Page } from '../../components/page.tsx';
import { type TextKey, useTexts } from '../../i18n/index.ts';
import { AboutPanel } from './about-panel.tsx';
import { AppearancePanel } from './appearance-panel.tsx';
import { IdentityPanel } from './identity-panel.tsx';
import { NetworkPanel } from './network-panel.tsx';
import { NotificationsPanel } from './notifications-panel.tsx';
import { useRestartNeeded } from './restart-needed.ts';
import { TradingPanel } from './trading-panel.tsx';

interface Part {
  readonly part: string;
  readonly label: TextKey;
  readonly panel: ComponentType;
}

const parts: readonly Part[] = [
  { part: 'you', label: 'settings.part.you', panel: IdentityPanel },
  { part: 'trading', label: 'settings.part.trading', panel: TradingPanel },
  { part: 'network', label: 'settings.part.network', panel: NetworkPanel },
  { part: 'appearance', label: 'settings.part.appearance', panel: AppearancePanel },
  { part: 'notifications', label: 'settings.part.notifications', panel: NotificationsPanel },
  { part: 'about', label: 'settings.part.about', panel: AboutPanel },
];

/** How this peer trades, stands in the network and looks (experience, page 8). */
export function SettingsPage() {
  const t = useTexts();
  const route = useRoute();
  const restart = useRestartNeeded();
  const shown = parts.find(({ part }) => part === route.part) ?? parts[0];
  return (
    <Page title={t('settings.title')}>
      <Tabs
        value={shown?.part ?? null}
        onChange={(part) => part && go('settings', part)}
        keepMounted={false}
      >
        <Tabs.List>
          {parts.map(({ part, label }) => (
            <Tabs.Tab key={part} value={part}>
              {t(label)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map(({ part, panel: Panel }) => (
          <Tabs.Panel key={part} value={part}>
            <Stack gap="md" pt="md" maw="46rem">
              {restart && (
                <Alert icon={<IconRefresh size={18} />} title={t('settings.restart.title')}>
                  {t('settings.restart.text')}
                </Alert>
              )}
              <Panel />
            </Stack>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
