import { SoukError } from '../../src/problem.ts';
import { readControlFile } from '../bridge/control-file.ts';
import { httpClient } from '../bridge/http-client.ts';
import { requestTicket } from '../bridge/ticket-client.ts';
import { screenUrl } from './renderer.ts';

/** The screen of a peer that runs already. */
export interface RunningScreen {
  readonly pid: number;
  /** An address of its own for each window. */
  newUrl(): Promise<string>;
}

/**
 * Finds the screen of the peer that runs on a data directory; undefined where none answers. Throws
 * `data-directory-locked` where it answers, and was started without a screen.
 */
export async function findRunningScreen(dataDirectory: string): Promise<RunningScreen | undefined> {
  const control = readControlFile(dataDirectory);
  if (!control) return undefined;
  const client = httpClient(control);
  const status = await client.call('peer.status', {});
  client.close();
  if (!status.ok) return undefined;
  const { url, pid } = control;
  if (await servesPage(url)) {
    return { pid, newUrl: async () => screenUrl(url, await requestTicket(control)) };
  }
  throw new SoukError(
    'data-directory-locked',
    `Process ${pid} runs this peer already, without a screen. End it with "souk stop --data ${dataDirectory}", ` +
      'then start again.',
    { members: { pid } },
  );
}

async function servesPage(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/`, { method: 'HEAD' });
    return response.ok;
  } catch {
    return false;
  }
}
