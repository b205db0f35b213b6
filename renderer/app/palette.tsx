import { Spotlight, type SpotlightActionData } from '@mantine/spotlight';
import '@mantine/spotlight/styles.layer.css';
import { IconSearch } from '@tabler/icons-react';
import { type TextKey, useTexts } from '../i18n/index.ts';
import { morePages, pages } from './pages.ts';
import { go } from './route.ts';

const places = [...pages, ...morePages];

/** What has an address of its own within a page. */
const parts: readonly (readonly [page: string, part: string, label: TextKey])[] = [
  ['transfers', 'uploads', 'transfers.uploads'],
  ['library', 'folders', 'library.tab.folders'],
  ['library', 'prices', 'library.tab.prices'],
  ['library', 'kept', 'library.tab.kept'],
  ['wallet', 'tabs', 'wallet.tab.tabs'],
  ['wallet', 'exchange', 'wallet.tab.exchange'],
  ['wallet', 'mine', 'wallet.tab.mine'],
  ['neighbors', 'add', 'neighbors.add.title'],
  ['neighbors', 'invite', 'neighbors.invite.title'],
  ['neighbors', 'requests', 'neighbors.list.requests'],
  ['neighbors', 'suggestions', 'neighbors.list.suggestions'],
  ['neighbors', 'map', 'neighbors.map.title'],
  ['settings', 'trading', 'settings.part.trading'],
  ['settings', 'network', 'settings.part.network'],
  ['settings', 'appearance', 'settings.part.appearance'],
  ['settings', 'notifications', 'settings.part.notifications'],
  ['settings', 'about', 'settings.part.about'],
];

/** Ctrl or Cmd+K: every page by its name; as one types, what is on them, too. */
export function Palette() {
  const t = useTexts();
  const ofPages: SpotlightActionData[] = places.map(({ path, label, icon: Icon }) => ({
    id: path,
    label: t(label),
    leftSection: <Icon size={19} stroke={1.7} />,
    onClick: () => go(path),
  }));
  const ofParts = parts.map(([path, part, label]): SpotlightActionData => {
    const page = places.find((each) => each.path === path);
    const Icon = page?.icon ?? IconSearch;
    return {
      id: `${path}/${part}`,
      label: t(label),
      description: page ? t(page.label) : '',
      leftSection: <Icon size={19} stroke={1.7} />,
      onClick: () => go(path, part),
    };
  });
  return (
    <Spotlight
      actions={[...ofPages, ...ofParts]}
      limit={places.length}
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
