import type { BridgeClient } from '../../main/bridge/client.ts';
import { httpClient } from '../../main/bridge/http-client.ts';
import type { DesktopPort } from './desktop-port.ts';

/** What the world around the renderer can do: asked for by name, never by what it is. */
export interface Capabilities {
  /** Native dialogs that hand back a token for a file or folder. */
  readonly dialogs: boolean;
  readonly notifications: boolean;
}

export interface PickedClient {
  readonly client: BridgeClient;
  readonly capabilities: Capabilities;
  readonly desktop?: DesktopPort;
}

const tokenKey = 'souk-token';

/** The one way to the peer: the desktop's port where it is there, else the loopback service that served this page. */
export function pickClient(): PickedClient | undefined {
  if (window.souk) {
    const { client, desktop } = window.souk;
    return { client, desktop, capabilities: { dialogs: true, notifications: true } };
  }
  const token = takeToken();
  if (token === undefined) return undefined;
  return {
    client: httpClient({ url: window.location.origin, token }),
    capabilities: { dialogs: false, notifications: false },
  };
}

/** The token comes in the URL's fragment, which is sent nowhere; it is kept for a reload of this window only. */
function takeToken(): string | undefined {
  const given = new URLSearchParams(window.location.hash.slice(1)).get('token');
  if (given !== null) {
    window.sessionStorage.setItem(tokenKey, given);
    window.history.replaceState(undefined, '', window.location.pathname);
  }
  return window.sessionStorage.getItem(tokenKey) ?? undefined;
}
