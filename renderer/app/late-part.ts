import { type ComponentType, createElement, lazy, type ReactNode, useState } from 'react';
import { useConnectionState } from '../stores/connection-state.ts';
import { type Surroundings, waitToReload } from './wait-to-reload.ts';

/** A component whose code comes later: when it is first shown, or when somebody says that it soon will be. */
export interface LatePart<P extends object> {
  (props: P): ReactNode;
  /** Gets the code; resolves when it is here, or cannot be had now. */
  preload(): Promise<void>;
}

/**
 * A part of the screen whose code comes when it is first shown. Where it does not come, because the peer went
 * away just then, the part waits and the window is loaded anew as soon as the peer answers again.
 */
export function latePart<P extends object>(load: () => Promise<ComponentType<P>>): LatePart<P> {
  let here: ComponentType<P> | undefined;
  const fetched = async () => {
    here = await load();
    return here;
  };
  const Late = lazy(async () => ({
    default: await fetched().catch((error: unknown) => waitToReload(error, surroundings)),
  }));
  const Part = (props: P) => {
    // Whichever it began as it stays: another component would begin anew. Late ones show at the earliest after a while.
    const [Shown] = useState<ComponentType<P>>(() => here ?? Late);
    return createElement(Shown, props);
  };
  return Object.assign(Part, {
    preload: () =>
      fetched().then(
        () => undefined,
        () => undefined,
      ),
  });
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
