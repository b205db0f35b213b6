import { Button, Tabs } from '@mantine/core';
import { IconFolderPlus, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { go, useRoute } from '../../app/route.ts';
import { Page } from '../../components/page.tsx';
import { tellDone } from '../../components/tell.ts';
import { useTexts } from '../../i18n/index.ts';
import { useCommand } from '../../stores/use-command.ts';
import { DocumentsPanel } from './documents-panel.tsx';
import { FoldersPanel } from './folders-panel.tsx';
import { KeptPanel } from './kept-panel.tsx';
import { LibraryProgress } from './library-progress.tsx';
import { PricingPanel } from './pricing-panel.tsx';
import { ShareFolder } from './share-folder.tsx';

const parts = ['documents', 'folders', 'prices', 'kept'] as const;
type Part = (typeof parts)[number];
const isPart = (text: string | undefined): text is Part => parts.some((part) => part === text);

/** What this peer has to offer: documents, the folders they come from, and what they cost. */
export function LibraryPage() {
  const t = useTexts();
  const { part } = useRoute();
  const shown: Part = isPart(part) ? part : 'documents';
  const [sharing, setSharing] = useState(false);
  return (
    <Page
      title={t('library.title')}
      fill
      actions={
        <>
          <Rescan />
          <Button leftSection={<IconFolderPlus size={17} />} onClick={() => setSharing(true)}>
            {t('library.share')}
          </Button>
        </>
      }
    >
      <Tabs value={shown} onChange={(next) => go('library', next ?? undefined)}>
        <Tabs.List>
          {parts.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`library.tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <LibraryProgress />
      {shown === 'documents' && <DocumentsPanel onShare={() => setSharing(true)} />}
      {shown === 'folders' && <FoldersPanel onShare={() => setSharing(true)} />}
      {shown === 'prices' && <PricingPanel />}
      {shown === 'kept' && <KeptPanel />}
      <ShareFolder opened={sharing} onClose={() => setSharing(false)} />
    </Page>
  );
}

function Rescan() {
  const t = useTexts();
  const { run, busy } = useCommand('library.rescan');
  const rescan = async () => {
    const done = await run({});
    if (!done.ok) return;
    const { hashed, failed, unreadable } = done.value;
    const text = t('library.rescanned.text', { hashed, failed: failed + unreadable.length });
    tellDone(t('library.rescanned.title'), text);
  };
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={17} />}
      loading={busy}
      onClick={rescan}
    >
      {t('library.rescan')}
    </Button>
  );
}
