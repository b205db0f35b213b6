import { Tabs } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { go, useRoute } from '../../app/route.ts';
import { Page } from '../../components/page.tsx';
import { useTexts } from '../../i18n/index.ts';
import { DownloadsPanel } from './downloads-panel.tsx';
import { UploadsPanel } from './uploads-panel.tsx';

/** Documents on their way, in both directions. */
export function TransfersPage() {
  const t = useTexts();
  const shown = useRoute().part === 'uploads' ? 'uploads' : 'downloads';
  return (
    <Page title={t('transfers.title')} fill>
      <Tabs value={shown} onChange={(next) => go('transfers', next ?? undefined)}>
        <Tabs.List>
          <Tabs.Tab value="downloads" leftSection={<IconArrowDown size={16} />}>
            {t('transfers.downloads')}
          </Tabs.Tab>
          <Tabs.Tab value="uploads" leftSection={<IconArrowUp size={16} />}>
            {t('transfers.uploads')}
          </Tabs.Tab>
        </Tabs.List>
      </Tabs>
      {shown === 'downloads' ? <DownloadsPanel /> : <UploadsPanel />}
    </Page>
  );
}
