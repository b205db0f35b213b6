import { SoukError } from '../../src/problem.ts';
import type { BridgeClient } from '../bridge/client.ts';
import type { EventFrame } from '../bridge/contract.ts';

/**
 * The events of a peer, one after the other, from the moment it was opened. Iterating throws
 * `no-running-peer` when the peer ends meanwhile. `close` MUST be called.
 */
export class EventQueue implements AsyncIterable<EventFrame> {
  readonly #waiting: EventFrame[] = [];
  #wake = Promise.withResolvers<void>();
  #lost = false;
  #end: () => void = () => undefined;

  static async open(client: BridgeClient): Promise<EventQueue> {
    const queue = new EventQueue();
    queue.#end = await client.listen(
      (frame) => queue.#take(frame),
      (state) => {
        if (state === 'open') return;
        queue.#lost = true;
        queue.#wake.resolve();
      },
    );
    return queue;
  }

  async *[Symbol.asyncIterator](): AsyncIterator<EventFrame> {
    for (;;) {
      const frame = this.#waiting.shift();
      if (frame) {
        yield frame;
        continue;
      }
      if (this.#lost)
        throw new SoukError('no-running-peer', 'The peer ended before this was done.');
      await this.#wake.promise;
      this.#wake = Promise.withResolvers<void>();
    }
  }

  close(): void {
    this.#end();
  }

  #take(frame: EventFrame): void {
    this.#waiting.push(frame);
    this.#wake.resolve();
  }
}
