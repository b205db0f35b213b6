import { app, type Session, shell } from 'electron';
import { externalAddress, isOwnPage, mayNavigate } from './external-links.ts';

/** Pages stay where they are and open nothing; a link of a page goes to the person's browser, https only. */
export function setupSecurity(): void {
  app.enableSandbox();
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(({ url }) => {
      openOutside(url);
      return { action: 'deny' };
    });
    contents.on('will-frame-navigate', (details) => {
      if (!mayNavigate(contents.getURL(), details.url)) details.preventDefault();
    });
    contents.on('will-redirect', (details) => details.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}

/** Hands an https address to the person's browser; every other one is dropped. */
function openOutside(url: string): void {
  const address = externalAddress(url);
  if (address !== undefined) void shell.openExternal(address).catch(() => undefined);
}

/**
 * Refuses everything a page could ask of the machine, but for putting a text into the clipboard: invites
 * are copied. Files leave a page as what it made itself, through the system's dialog.
 */
export function setupPermissions(session: Session): void {
  const granted = (permission: string, origin: string) =>
    permission === 'clipboard-sanitized-write' && isOwnPage(origin);
  session.setPermissionRequestHandler((_contents, permission, callback, details) =>
    callback(granted(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => granted(permission, origin));
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event, item) => {
    if (!item.getURL().startsWith('blob:app://souk/')) event.preventDefault();
  });
}
