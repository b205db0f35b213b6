import { Anchor } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { BridgeEvent } from '../../main/bridge/contract.ts';
import { t } from '../i18n/index.ts';
import { go } from './route.ts';

/** What was found, in a sentence. */
export function foundText(count: number): string {
  return t(count === 1 ? 'search.found.text.one' : 'search.found.text', { count });
}

/** Tells what a saved search found, and leads to the bids: by a button, for the keyboard's sake. */
export function tellFound(event: Extract<BridgeEvent, { type: 'saved-search-found' }>): void {
  const id = `found ${event.search}`;
  const show = () => {
    go('search', event.search);
    notifications.hide(id);
  };
  notifications.show({
    id,
    title: t('search.found.title'),
    message: (
      <Anchor component="button" type="button" size="sm" onClick={show}>
        {foundText(event.documents)}
      </Anchor>
    ),
    autoClose: 30_000,
    closeButtonProps: { 'aria-label': t('action.close') },
  });
}
