import {
  IconArrowsExchange,
  IconArrowsUpDown,
  IconBooks,
  IconChartBar,
  IconPlayerPlay,
  IconSearch,
  IconSettings,
  IconUsers,
  IconWallet,
} from '@tabler/icons-react';
import type { ComponentType } from 'react';
import type { TextKey } from '../i18n/index.ts';
import { type LatePart, latePart } from './late-part.ts';

/** The eight pages, in the order of the sidebar. Each one's code comes when it is first opened. */
export interface PageEntry {
  readonly path: string;
  readonly label: TextKey;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly component: LatePart<object>;
}

export const pages: readonly PageEntry[] = [
  {
    path: 'search',
    label: 'nav.search',
    icon: IconSearch,
    component: latePart(async () => (await import('../pages/search/search-page.tsx')).SearchPage),
  },
  {
    path: 'transfers',
    label: 'transfers.title',
    icon: IconArrowsUpDown,
    component: latePart(
      async () => (await import('../pages/transfers/transfers-page.tsx')).TransfersPage,
    ),
  },
  {
    path: 'library',
    label: 'library.title',
    icon: IconBooks,
    component: latePart(
      async () => (await import('../pages/library/library-page.tsx')).LibraryPage,
    ),
  },
  {
    path: 'wallet',
    label: 'wallet.title',
    icon: IconWallet,
    component: latePart(async () => (await import('../pages/wallet/wallet-page.tsx')).WalletPage),
  },
  {
    path: 'neighbors',
    label: 'neighbors.title',
    icon: IconUsers,
    component: latePart(
      async () => (await import('../pages/neighbors/neighbors-page.tsx')).NeighborsPage,
    ),
  },
  {
    path: 'earnings',
    label: 'earnings.title',
    icon: IconChartBar,
    component: latePart(
      async () => (await import('../pages/earnings/earnings-page.tsx')).EarningsPage,
    ),
  },
  {
    path: 'deals',
    label: 'deals.title',
    icon: IconArrowsExchange,
    component: latePart(async () => (await import('../pages/deals/deals-page.tsx')).DealsPage),
  },
  {
    path: 'settings',
    label: 'settings.title',
    icon: IconSettings,
    component: latePart(
      async () => (await import('../pages/settings/settings-page.tsx')).SettingsPage,
    ),
  },
];

/** Pages without a place in the sidebar: reached from where they belong, and by the palette. */
export const morePages: readonly PageEntry[] = [
  {
    path: 'watch',
    label: 'watch.title',
    icon: IconPlayerPlay,
    component: latePart(async () => (await import('../pages/watch/watch-page.tsx')).WatchPage),
  },
];
