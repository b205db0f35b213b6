import { notifications } from '@mantine/notifications';
import type { BridgeEvent } from '../../main/bridge/contract.ts';
import { t } from '../i18n/index.ts';
import { go } from './route.ts';

/** Tells what a saved search found; a click on it shows the bids. */
export function tellFound(event: Extract<BridgeEvent, { type: 'saved-search-found' }>): void {
  const id = `found ${event.search}`;
  notifications.show({
    id,
    title: t('search.found.title'),
    message: t('search.found.text', { count: event.documents }),
    autoClose: 30_000,
    style: { cursor: 'pointer' },
    onClick: () => {
      go('search', event.search);
      notifications.hide(id);
    },
  });
}
