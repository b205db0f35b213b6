import type { MenuItemConstructorOptions } from 'electron';
import type { TextKey, Texts } from './texts/index.ts';

export interface MenuActions {
  go(page: string): void;
  openInvite(): void;
  showPassphrase(): void;
  showDataFolder(): void;
  checkForUpdates(): void;
}

export interface MenuPlace {
  readonly platform: NodeJS.Platform;
  /** Developer tools show what a page holds: only for who builds Souk. */
  readonly packaged: boolean;
  readonly texts: Texts;
}

type Item = MenuItemConstructorOptions;

const pages = [
  'search',
  'transfers',
  'library',
  'wallet',
  'neighbors',
  'earnings',
  'deals',
] as const;
const separator: Item = { type: 'separator' };

/** The application menu, with the items where each platform's people look for them. */
export function menuTemplate(place: MenuPlace, actions: MenuActions): Item[] {
  const { platform, texts } = place;
  const mac = platform === 'darwin';
  const label = (key: TextKey) => (mac ? texts(key).replace('&', '') : texts(key));
  return [
    ...(mac ? [appMenu(place, actions)] : []),
    { label: label('menu.file'), submenu: fileItems(place, actions) },
    { label: label('menu.edit'), submenu: editItems(mac) },
    { label: label('menu.view'), submenu: viewItems(place) },
    {
      label: label('menu.go'),
      submenu: pages.map((page, index) => ({
        label: texts(`page.${page}`),
        accelerator: `CmdOrCtrl+${index + 1}`,
        click: () => actions.go(page),
      })),
    },
    {
      label: label('menu.window'),
      role: 'window',
      submenu: [
        { role: 'minimize' },
        ...(mac ? ([{ role: 'zoom' }, separator, { role: 'front' }] satisfies Item[]) : []),
      ],
    },
    {
      label: label('menu.help'),
      role: 'help',
      submenu: [
        { label: texts('menu.data-folder'), click: actions.showDataFolder },
        ...(mac ? [] : [updates(place, actions), separator, { role: 'about' } satisfies Item]),
      ],
    },
  ];
}

function appMenu(place: MenuPlace, actions: MenuActions): Item {
  return {
    label: 'Souk',
    submenu: [
      { role: 'about' },
      updates(place, actions),
      separator,
      settings(place, actions),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
}

function fileItems(place: MenuPlace, actions: MenuActions): Item[] {
  const { platform, texts } = place;
  const common: Item[] = [
    { label: texts('menu.open-invite'), accelerator: 'CmdOrCtrl+O', click: actions.openInvite },
    separator,
    { label: texts('menu.passphrase'), click: actions.showPassphrase },
    separator,
  ];
  if (platform === 'darwin') return [...common, { role: 'close' }];
  return [...common, settings(place, actions), separator, { role: 'close' }, { role: 'quit' }];
}

function editItems(mac: boolean): Item[] {
  return [
    { role: 'undo' },
    { role: 'redo' },
    separator,
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    ...(mac ? ([{ role: 'pasteAndMatchStyle' }] satisfies Item[]) : []),
    { role: 'delete' },
    { role: 'selectAll' },
  ];
}

function viewItems({ packaged }: MenuPlace): Item[] {
  return [
    { role: 'reload' },
    ...(packaged ? [] : ([{ role: 'toggleDevTools' }] satisfies Item[])),
    separator,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    separator,
    { role: 'togglefullscreen' },
  ];
}

function settings({ texts }: MenuPlace, actions: MenuActions): Item {
  return {
    label: texts('menu.preferences'),
    accelerator: 'CmdOrCtrl+,',
    click: () => actions.go('settings'),
  };
}

function updates({ texts }: MenuPlace, actions: MenuActions): Item {
  return { label: texts('menu.updates'), click: actions.checkForUpdates };
}
