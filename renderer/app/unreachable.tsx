import { IconPlugConnectedX } from '@tabler/icons-react';
import { Empty } from '../components/empty.tsx';
import { useTexts } from '../i18n/index.ts';

/** The page was opened without the token of a running peer. */
export function Unreachable() {
  const t = useTexts();
  return (
    <Empty icon={IconPlugConnectedX} title={t('unreachable.title')} text={t('unreachable.text')} />
  );
}
