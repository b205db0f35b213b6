import type { DesktopPort, Wanted } from '../client/desktop-port.ts';
import { pathTo } from './route.ts';

/**
 * Shows what a link, a file or a notification asks for: of an invite the dialog that adds a neighbor. What
 * comes before or during the first steps is shown after them.
 */
export function followWanted(desktop: DesktopPort): void {
  let waiting: string | undefined;
  desktop.onWanted((wanted) => {
    waiting = addressOf(wanted);
    if (!isWizard(window.location.href)) window.location.hash = waiting;
  });
  window.addEventListener('hashchange', ({ oldURL, newURL }) => {
    if (waiting === undefined || isWizard(newURL) || newURL.endsWith(waiting)) return;
    if (isWizard(oldURL)) window.location.hash = waiting;
    else waiting = undefined;
  });
}

function addressOf(wanted: Wanted): string {
  return wanted.kind === 'invite'
    ? pathTo('neighbors', wanted.invite)
    : pathTo(wanted.page, wanted.part);
}

function isWizard(url: string): boolean {
  return new URL(url).hash.startsWith('#/wizard');
}
