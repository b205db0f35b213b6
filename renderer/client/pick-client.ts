import type { BridgeClient } from '../../main/bridge/client.ts';
import { httpClient } from '../../main/bridge/http-client.ts';
import { redeemTicket } from '../../main/bridge/ticket-client.ts';
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

/** Why this window has no way to a peer. */
export type NoClient = 'no-key' | 'spent-key';

const tokenKey = 'souk-token';

/** The one way to the peer: the desktop's port where it is there, else the loopback service that served this page. */
export async function pickClient(): Promise<PickedClient | NoClient> {
  if (window.souk) {
    const { client, desktop } = window.souk;
    return { client, desktop, capabilities: { dialogs: true, notifications: true } };
  }
  const spent = await takeTicket();
  const token = window.sessionStorage.getItem(tokenKey);
  if (token === null) return spent ? 'spent-key' : 'no-key';
  return {
    client: httpClient({ url: window.location.origin, token }),
    capabilities: { dialogs: false, notifications: false },
  };
}

/**
 * Exchanges the ticket in the URL's fragment, which is sent nowhere, for the token; that is kept for a reload of
 * this window only. True where there was a ticket and it was good for nothing.
 */
async function takeTicket(): Promise<boolean> {
  const ticket = ticketIn(window.location.hash);
  if (ticket === undefined) return false;
  window.history.replaceState(undefined, '', window.location.pathname);
  const token = await redeemTicket(window.location.origin, ticket);
  if (token.ok) window.sessionStorage.setItem(tokenKey, token.value);
  return !token.ok;
}

/** A new address that is put into a window of an earlier start opens that window anew. */
export function followTickets(): void {
  window.addEventListener('hashchange', () => {
    if (ticketIn(window.location.hash) !== undefined) window.location.reload();
  });
}

function ticketIn(hash: string): string | undefined {
  return new URLSearchParams(hash.slice(1)).get('ticket') ?? undefined;
}
