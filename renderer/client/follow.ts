import type { BridgeClient, ListenState } from '../../main/bridge/client.ts';
import type { EventFrame } from '../../main/bridge/contract.ts';
import { isRefused } from '../../main/bridge/http-client.ts';

const retryMs = 1_000;

/**
 * Hears the peer for as long as the window is open, also where it does not answer yet. Ends only where the
 * peer refuses this window: that is not going to change.
 */
export async function follow(
  client: BridgeClient,
  onFrame: (frame: EventFrame) => void,
  onState: (state: ListenState) => void,
): Promise<void> {
  for (;;) {
    try {
      await client.listen(onFrame, onState);
      return;
    } catch (error) {
      if (isRefused(error)) return onState('refused');
      onState('lost');
    }
    await new Promise((resolve) => setTimeout(resolve, retryMs));
  }
}
