import type { ListenState } from '../../main/bridge/client.ts';

const retryMs = 1_000;
/** What is missing again so soon after loading anew will not come by doing so once more. */
const againMs = 30_000;

/** What waiting needs of the window around it. */
export interface Surroundings {
  now(): number;
  pause(ms: number): Promise<unknown>;
  /** How the window stands with its peer. */
  connection(): ListenState;
  /** Whether the page itself can be had. */
  isServed(): Promise<boolean>;
  /** When the window was last loaded anew for this; 0 where it never was. */
  reloadedAt(): number;
  reload(at: number): void;
}

/**
 * Waits until the peer serves the page again and loads the window anew: a browser may remember that a part could
 * not be had. Never resolves. Throws `error` where loading anew has not helped a moment ago.
 */
export async function waitToReload(error: unknown, around: Surroundings): Promise<never> {
  if (around.now() - around.reloadedAt() < againMs) throw error;
  for (;;) {
    // The first pause, too: whether the peer is away is known a moment after its files are.
    await around.pause(retryMs);
    const connection = around.connection();
    if (connection === 'refused') break;
    if (connection === 'open' && (await around.isServed())) {
      around.reload(around.now());
      break;
    }
  }
  return await new Promise<never>(() => undefined);
}
