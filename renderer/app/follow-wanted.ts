import type { DesktopPort } from '../client/desktop-port.ts';
import { go } from './route.ts';

/** Shows what a link, a file or a notification asks for: of an invite the dialog that adds a neighbor. */
export function followWanted(desktop: DesktopPort): void {
  desktop.onWanted((wanted) => {
    if (wanted.kind === 'invite') go('neighbors', wanted.invite);
    else go(wanted.page, wanted.part);
  });
}
