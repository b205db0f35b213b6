import { Button } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { Empty } from '../../components/empty.tsx';
import { useTexts } from '../../i18n/index.ts';

/** Before the first folder is shared. */
export function NothingShared({ onShare }: { readonly onShare: () => void }) {
  const t = useTexts();
  return (
    <Empty
      icon={IconFolderPlus}
      title={t('library.empty.title')}
      text={t('library.empty.text')}
      action={
        <Button mt="sm" onClick={onShare}>
          {t('library.share')}
        </Button>
      }
    />
  );
}
