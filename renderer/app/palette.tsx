import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { useTexts } from '../i18n/index.ts';
import { morePages, pages } from './pages.ts';
import { go } from './route.ts';

/** Ctrl or Cmd+K: every page by its name. */
export function Palette() {
  const t = useTexts();
  const actions: SpotlightActionData[] = [...pages, ...morePages].map(
    ({ path, label, icon: Icon }) => ({
      id: path,
      label: t(label),
      leftSection: <Icon size={19} stroke={1.7} />,
      onClick: () => go(path),
    }),
  );
  return (
    <Spotlight
      actions={actions}
      shortcut="mod + K"
      nothingFound={t('palette.nothing')}
      highlightQuery
      attributes={{ content: { 'aria-label': t('palette.placeholder') } }}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.7} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  );
}
