import { IconBooks, IconSearch, IconWallet } from '@tabler/icons-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { TextKey } from '../i18n/index.ts';

/** The eight pages, in the order of the sidebar. Each one's code comes when it is first opened. */
export interface PageEntry {
  readonly path: string;
  readonly label: TextKey;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly component: LazyExoticComponent<ComponentType>;
}

export const pages: readonly PageEntry[] = [
  {
    path: 'search',
    label: 'nav.search',
    icon: IconSearch,
    component: lazy(async () => ({
      default: (await import('../pages/search/search-page.tsx')).SearchPage,
    })),
  },
  {
    path: 'library',
    label: 'library.title',
    icon: IconBooks,
    component: lazy(async () => ({
      default: (await import('../pages/library/library-page.tsx')).LibraryPage,
    })),
  },
  {
    path: 'wallet',
    label: 'wallet.title',
    icon: IconWallet,
    component: lazy(async () => ({
      default: (await import('../pages/wallet/wallet-page.tsx')).WalletPage,
    })),
  },
];
