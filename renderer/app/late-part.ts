import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import { useConnectionState } from '../stores/connection-state.ts';
import { type Surroundings, waitToReload } from './wait-to-reload.ts';

/**
 * A part of the screen whose code comes when it is first shown. Where it does not come, because the peer went
 * away just then, the part waits and the window is loaded anew as soon as the peer answers again.
 */
export function latePart<P extends object>(
  load: () => Promise<ComponentType<P>>,
): LazyExoticComponent<ComponentType<P>> {
  return lazy(async () => ({
    default: await load().catch((error: unknown) => waitToReload(error, surroundings)),
  }));
}

const reloadedKey = 'souk-reloaded-at';

const surroundings: Surroundings = {
  now: () => Date.now(),
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  connection: () => useConnectionState.getState().state,
  isServed: () =>
    fetch(window.location.pathname, { method: 'HEAD', cache: 'no-store' }).then(
      ({ ok }) => ok,
      () => false,
    ),
  reloadedAt: () => Number(window.sessionStorage.getItem(reloadedKey) ?? 0),
  reload: (at) => {
    window.sessionStorage.setItem(reloadedKey, String(at));
    window.location.reload();
  },
};
